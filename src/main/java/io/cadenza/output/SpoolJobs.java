package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.cadenza.spool.Piece;
import io.cadenza.spool.Spool;
import io.cadenza.spool.SpoolFolder;
import io.cadenza.spool.SpoolLog;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What is done on disk for one output: its own lane of the spool, and before it those that others
 * have left. Worker threads, one job after the other.
 *
 * <p>A lane that can't be opened is tried again with the next job, so that a disk may come back.
 */
final class SpoolJobs {
  private static final long ADOPT_MILLIS = 2000;

  /** That all pieces up to one have been read by the peer. */
  record Done(Spool from, long end) {}

  /**
   * What a job did.
   *
   * @param appended how many runs are on disk now, from the first
   * @param isFull whether more were given than the spool has room for
   * @param piece what was read back, from which lane; null when nothing was
   * @param unread whether there is more
   * @param recovered lines that were found in lanes opened just now
   * @param appendFailed whether the disk would not take what was given
   * @param readFailed whether it would not give what was asked for
   * @param error the first that went wrong, maybe with another lane; null when nothing did
   */
  record Outcome(
      int appended,
      boolean isFull,
      Spool from,
      Piece piece,
      boolean unread,
      long recovered,
      boolean appendFailed,
      boolean readFailed,
      Exception error) {
    static Outcome failed(boolean unread, Exception error) {
      return new Outcome(0, false, null, null, unread, 0, true, true, error);
    }
  }

  /** What was brought to disk in the end, how many lines are there then, and what went wrong. */
  record Closed(int begun, int last, long lines, Exception error) {
    static Closed failed(Throwable e) {
      return new Closed(0, 0, 0, new IOException(e));
    }
  }

  private final SpoolFolder folder;
  private final SpoolLog log;
  private final InstantSource clock;
  private final List<Spool> lanes = new ArrayList<>();
  private Spool own;
  private long adoptAt = Long.MIN_VALUE;
  private long recovered;
  private long left;
  private Exception error;

  /**
   * @param log told of lines that will never be read
   */
  SpoolJobs(SpoolFolder folder, SpoolLog log, InstantSource clock) {
    this.folder = folder;
    this.log = log;
    this.clock = clock;
  }

  /**
   * One job. What fails does not keep the rest from being done: reading may free the room that
   * appending wants.
   *
   * @param read bytes to read back, about; 0 for none
   */
  Outcome run(List<Done> done, List<LineRun> append, boolean tick, int read) {
    error = null;
    recovered = 0;
    attempt(() -> finish(done));
    if (own == null) {
      attempt(this::open);
    }
    if (tick) {
      attempt(this::adopt);
      lanes.forEach(lane -> attempt(lane::tick));
    }
    int[] appended = new int[1];
    boolean appends = own != null && attempt(() -> appended[0] = own.append(append));
    Spool from = firstUnread();
    Piece[] piece = new Piece[1];
    boolean reads = read == 0 || from == null || attempt(() -> piece[0] = from.read(read));
    return new Outcome(
        appended[0],
        appends && appended[0] < append.size(),
        from,
        piece[0],
        firstUnread() != null,
        recovered,
        !appends && !append.isEmpty(),
        !reads,
        error);
  }

  /** Null when all has been read. */
  private Spool firstUnread() {
    for (Spool lane : lanes) {
      if (!lane.isEmpty()) {
        return lane;
      }
    }
    return null;
  }

  private interface Work {
    void run() throws IOException;
  }

  private boolean attempt(Work work) {
    try {
      work.run();
      return true;
    } catch (IOException | RuntimeException e) {
      if (error == null) {
        error = e;
      }
      return false;
    }
  }

  private static void finish(List<Done> done) throws IOException {
    for (Done one : done) {
      one.from.done(one.end);
    }
  }

  private void open() throws IOException {
    List<Spool> left = folder.open(log);
    own = left.get(left.size() - 1);
    lanes.addAll(left);
    left.forEach(lane -> recovered += lane.recovered());
  }

  /** Takes over what others have left, and lets go of it when it is sent. */
  private void adopt() throws IOException {
    for (Iterator<Spool> all = lanes.iterator(); all.hasNext(); ) {
      Spool lane = all.next();
      if (lane != own && lane.lines() == 0) {
        all.remove();
        lane.close();
      }
    }
    long now = clock.millis();
    if (own == null || now < adoptAt) {
      return;
    }
    adoptAt = now + ADOPT_MILLIS;
    List<Spool> left = folder.adopt(log);
    lanes.addAll(lanes.size() - 1, left);
    left.forEach(lane -> recovered += lane.recovered());
  }

  /** The last job: brings the rest to disk and closes all lanes. */
  Closed close(List<Done> done, List<LineRun> begun, List<LineRun> last) {
    error = null;
    int[] appended = new int[2];
    attempt(() -> finish(done));
    if (own == null) {
      attempt(this::open);
    }
    if (own != null) {
      attempt(() -> appended[0] = before(begun));
      attempt(() -> appended[1] = last.isEmpty() ? 0 : own.append(last));
    }
    left += lanes.stream().mapToLong(Spool::lines).sum();
    lanes.forEach(lane -> attempt(lane::close));
    return new Closed(appended[0], appended[1], left, error);
  }

  /** What is older than the own lane's lines goes into one that is read before it. */
  private int before(List<LineRun> begun) throws IOException {
    if (begun.isEmpty()) {
      return 0;
    }
    if (own.lines() == 0) {
      return own.append(begun);
    }
    try (Spool first = folder.before(own, log)) {
      int appended = first.append(begun);
      left += first.lines();
      return appended;
    }
  }
}
