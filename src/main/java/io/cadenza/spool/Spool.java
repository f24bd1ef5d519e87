package io.cadenza.spool;

import io.cadenza.line.LineRun;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane of a destination's queue on disk: lines in at one end, out at the other, in order, also
 * after a restart.
 *
 * <p>Belongs to one thread at a time, and to one process: its folder is locked. The figures ({@link
 * #isEmpty}, {@link #lines}, {@link #bytes}, {@link #oldestMillis}) may be read by any thread. What
 * goes in comes out, or the {@link SpoolLog} is told why not, every line once: recovered + appended
 * = done + lost + {@link #lines}. After a crash lines may come out a second time, from the last
 * {@link #done} on.
 *
 * <p>Lines that have been handed out by {@link #read} are not lost when their segment is dropped to
 * make room: whoever has the piece still has them. Only if the spool is closed and the piece was
 * not done, they are told as lost then, since no one can read them again.
 */
public final class Spool implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final LaneFiles files;
  private final SpoolConfig config;
  private final InstantSource clock;
  private final LaneLock lock;
  private final Position position;
  private final Ledger ledger;
  private final Writer writer;
  private final Reader reader;
  private final BoundedWriter boundedWriter;
  private final HandedOut handedOut;
  private final long recovered;
  private boolean idle;
  private boolean closed;
  private long lastSync;

  private volatile long lines;
  private volatile long unread;
  private volatile long bytes;
  private volatile long oldest;

  Spool(SpoolFolder.Opened lane, SpoolConfig config, InstantSource clock, Ledger ledger) {
    this.files = lane.files();
    this.config = config;
    this.clock = clock;
    this.lock = lane.lock();
    this.position = lane.position();
    this.ledger = ledger;
    this.writer = new Writer(files, config, lane.scratch(), lane.sequence());
    this.reader = lane.reader();
    this.recovered = lane.recovered();
    this.boundedWriter = new BoundedWriter(lane, config, clock, ledger, writer, this::written);
    this.handedOut = new HandedOut(lane, writer, ledger, config.segmentBytes() / 2);
    this.lastSync = clock.millis();
    this.oldest = ledger.waiting() > 0 ? lastSync : 0;
    publish();
  }

  /** The folder of the lane. */
  public Path folder() {
    return files.folder;
  }

  /**
   * Appends runs of whole lines, one write for all that fit into a segment.
   *
   * @return how many runs are dealt with: written, or dropped and told. Fewer than all at the bound
   *     with {@link AtBound#BLOCK}; or when writing failed behind some that are written: the next
   *     call will throw
   * @throws IOException when nothing of it could be written; nothing of it is in the file, and it
   *     may be tried again
   */
  public int append(List<LineRun> runs) throws IOException {
    int dealt = 0;
    try {
      boolean room = true;
      while (room && dealt < runs.size()) {
        int n = boundedWriter.append(runs, dealt);
        room = n > 0;
        dealt += n;
      }
    } catch (IOException failed) {
      if (dealt == 0) {
        throw failed;
      }
      LOG.debug("spool: {} is written in part", files.folder, failed);
    } finally {
      publish();
    }
    return dealt;
  }

  private void written(long now) {
    idle = false;
    if (oldest == 0) {
      oldest = now;
    }
  }

  /**
   * Reads on: the next records, of at most so many bytes, but at least one. Lines that cannot be
   * read are told and passed over.
   *
   * @return null when there is nothing unread
   */
  public Piece read(int maxBytes) throws IOException {
    List<LineRun> runs = new ArrayList<>();
    int size = reader.take(Math.max(1, maxBytes), oldestFresh(), runs);
    if (runs.isEmpty()) {
      settle();
      return null;
    }
    int count = 0;
    for (LineRun run : runs) {
      count += run.lines();
    }
    handedOut.add(count);
    publish();
    return new Piece(List.copyOf(runs), reader.sequence(), size, count);
  }

  private long oldestFresh() {
    return config.maxAge().isZero() ? Long.MIN_VALUE : clock.millis() - config.maxAge().toMillis();
  }

  /** All pieces up to this end are with the destination. */
  public void done(long end) throws IOException {
    handedOut.done(end).ifPresent(time -> oldest = time);
    settle();
  }

  private void settle() throws IOException {
    handedOut.advance();
    publish();
    handedOut.settle();
    publish();
  }

  /**
   * To be called a few times a second: forces what was written to the disk when it is time, drops
   * what is too old, saves the read position.
   */
  public void tick() throws IOException {
    try {
      leaveRemoved();
      if (unread > 0) {
        reader.take(0, oldestFresh(), new ArrayList<>());
        oldest = handedOut.nextTime();
      }
      settle();
      if (idle) {
        handedOut.removeDone();
      }
      idle = true;
      syncWhenDue();
    } finally {
      publish();
    }
  }

  /** Somebody may have removed the folder or a file: what comes is written to a new one. */
  private void leaveRemoved() throws IOException {
    Segment last = files.last();
    if (last != null && writer.writes(last) && !files.isThere(last)) {
      LOG.warn("spool: {} has been removed; going on in a new file", last.path);
      writer.leave();
    }
    if (!lock.isThere()) {
      lock.renew();
      position.remake(handedOut.noted());
      LOG.warn("spool: {} had been removed and is made again", files.folder);
    }
  }

  private void syncWhenDue() throws IOException {
    long now = clock.millis();
    boolean due = now - lastSync >= config.syncEvery().toMillis() || now < lastSync;
    if (config.sync() == Sync.INTERVAL && due) {
      lastSync = now;
      writer.sync();
      position.force();
    }
  }

  private void publish() {
    lines = ledger.waiting();
    unread = Math.max(0, writer.sequence() - reader.sequence());
    bytes = files.bytes();
    if (lines == 0) {
      oldest = 0;
    }
  }

  /** Is there nothing that has not been read? Lines that were handed out do not count. */
  public boolean isEmpty() {
    return unread == 0;
  }

  /** Lines appended or found that are neither done nor lost. */
  public long lines() {
    return lines;
  }

  /** Bytes on disk. */
  public long bytes() {
    return bytes;
  }

  /**
   * How long the oldest line has waited, roughly: as long as it is not done; 0 when there is none,
   * or when the clock was put back.
   */
  public long oldestMillis() {
    long since = oldest;
    return since == 0 ? 0 : Math.max(0, clock.millis() - since);
  }

  /** Lines that were found when it was opened, with those that could not be read. */
  public long recovered() {
    return recovered;
  }

  /** Removes all that is unread; answers how many lines. Nobody else is told of them. */
  public long discard() throws IOException {
    long before = ledger.waiting();
    while (files.last() != null) {
      Segment first = files.first();
      files.delete(first);
      ledger.done(reader.drop(first));
    }
    writer.leave();
    publish();
    return before - ledger.waiting();
  }

  /** Forces all to the disk and gives the lane back; an empty one is removed. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      handedOut.tellOfDropped();
      settle();
      if (ledger.waiting() == 0 && unread == 0) {
        files.deleteAll();
      } else if (config.sync() != Sync.NONE) {
        writer.sync();
        position.force();
      }
    } finally {
      release();
    }
  }

  private void release() throws IOException {
    boolean empty = files.isEmpty();
    files.room().closed(this);
    files.close();
    bytes = 0;
    try {
      position.close();
      if (empty) {
        LaneLock.guarded(files.folder.getParent(), this::removeFolder);
      }
    } finally {
      lock.close();
    }
  }

  /** Removed while it is locked: nobody can have begun to use it. */
  private Void removeFolder() throws IOException {
    if (files.holdsNothing()) {
      files.removePosition();
      lock.removeFolder();
    }
    lock.close();
    return null;
  }
}
