package io.cadenza.output;

import io.cadenza.bus.Parcel;
import io.cadenza.line.LineRun;
import io.cadenza.meter.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What one output has still to write, in order: what broke with a connection, then what was read
 * back from the spool, then what waits; what is being written now; and for a while what was written
 * last. Where the fresh go first, what waits goes before what was spooled. One thread.
 *
 * <p>A kernel that takes bytes does not say that the peer will read them: a peer that dies takes
 * with it what it has not read. So the last bytes of a stream are kept a while, by reference, and
 * written again when the connection breaks. Lines may come twice then; they were counted once.
 */
final class Backlog {
  /** A write has so many at most, unless a single run has more. */
  static final int GROUP_BYTES = 128 * 1024;

  private final Deque<Group> again = new ArrayDeque<>();
  private final Deque<Group> replayed = new ArrayDeque<>();
  private final Deque<Parcel<LineRun>> waiting = new ArrayDeque<>();
  private final Deque<Group> inFlight = new ArrayDeque<>();
  private final Deque<Group> written = new ArrayDeque<>();
  private final long keep;
  private final long most;
  private final boolean freshFirst;
  private final boolean letsGo;
  private long heldBytes;
  private long replayedBytes;
  private long inFlightBytes;
  private long writtenBytes;

  /**
   * @param keep bytes written last that are kept, beside those that the peer has not read
   * @param most bytes that are kept at most
   * @param freshFirst whether what waits goes before what was spooled
   * @param letsGo whether nobody reads the lines any more that will not be written again
   */
  Backlog(long keep, long most, boolean freshFirst, boolean letsGo) {
    this.keep = keep;
    this.most = most;
    this.freshFirst = freshFirst;
    this.letsGo = letsGo;
  }

  void add(Parcel<LineRun> parcel) {
    waiting.add(parcel);
    heldBytes += parcel.load().size();
  }

  /** Adds what was read back from the spool: it takes no room in the queue. */
  void addReplayed(Group group) {
    replayed.add(group);
    replayedBytes += group.bytes();
  }

  /** Whether nothing is left to begin with. */
  boolean isEmpty() {
    return again.isEmpty() && waiting.isEmpty() && replayed.isEmpty();
  }

  /** Whether nothing is left to do. */
  boolean isIdle() {
    return isEmpty() && inFlight.isEmpty();
  }

  /** Whether nothing is being written now. */
  boolean isQuiet() {
    return inFlight.isEmpty();
  }

  /** Bytes of lines that are not written yet, without those that the spool has as well. */
  long heldBytes() {
    return heldBytes;
  }

  /** Bytes that were read back from the spool and wait to be written. */
  long replayedBytes() {
    return replayedBytes;
  }

  /** Bytes that were written and are kept to be written again. */
  long writtenBytes() {
    return writtenBytes;
  }

  long inFlightBytes() {
    return inFlightBytes;
  }

  /** What to write now. */
  Group next() {
    Group group = begin();
    inFlight.add(group);
    inFlightBytes += group.bytes();
    return group;
  }

  private Group begin() {
    if (!again.isEmpty()) {
      return again.remove();
    }
    if (replayed.isEmpty() || freshFirst && !waiting.isEmpty()) {
      return Group.of(waiting, GROUP_BYTES);
    }
    Group group = replayed.remove();
    replayedBytes -= group.bytes();
    return group;
  }

  /**
   * A write is done.
   *
   * @param unread bytes that the peer has not read, as far as is known; asked, which costs a call
   *     of the system, only where it matters
   */
  void done(Group group, long now, LongSupplier unread) {
    inFlight.remove(group);
    inFlightBytes -= group.bytes();
    if (!group.delivered() && !group.isReplayed()) {
      heldBytes -= group.bytes();
    }
    group.delivered(now);
    if (keep == 0) {
      settle(group);
    } else {
      written.add(group);
      writtenBytes += group.bytes();
      if (writtenBytes - written.peek().bytes() >= keep) {
        forgetBeyond(Math.min(most, keep + unread.getAsLong()));
      }
    }
  }

  private void forgetBeyond(long least) {
    while (writtenBytes - written.peek().bytes() >= least) {
      forgetOldest();
    }
  }

  /**
   * Takes it that what was written before then has been read. Of a peer that does not read as much
   * is kept as while lines are written.
   */
  void forget(long before, long unread) {
    long least = unread == 0 ? 0 : Math.min(most, keep + unread);
    while (!written.isEmpty()
        && written.peek().deliveredAt() < before
        && writtenBytes - written.peek().bytes() >= least) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    Group group = written.remove();
    writtenBytes -= group.bytes();
    settle(group);
  }

  private void settle(Group group) {
    group.settle();
    if (letsGo) {
      group.letGo();
    }
  }

  /** The connection is closed in good order: what was written there will be read. */
  void forgetAll() {
    while (!written.isEmpty()) {
      forgetOldest();
    }
  }

  /**
   * The connection broke: all that may be missing is to be written again, and has so many lines.
   */
  long broken() {
    long lines = 0;
    while (!inFlight.isEmpty()) {
      lines += again(inFlight.removeLast());
    }
    while (!written.isEmpty()) {
      lines += again(written.removeLast());
    }
    inFlightBytes = 0;
    writtenBytes = 0;
    return lines;
  }

  private int again(Group group) {
    again.addFirst(group);
    return group.lines();
  }

  /** Drops what has waited longest, if something has to spare; answers whether it did. */
  boolean dropOldest(Tally reason) {
    for (Group group : again) {
      if (!group.delivered()) {
        again.remove(group);
        group.parcels().forEach(parcel -> drop(parcel, reason));
        return true;
      }
    }
    if (waiting.size() > 1) {
      drop(waiting.remove(), reason);
      return true;
    }
    return false;
  }

  /** Drops everything that only it has; answers how many lines were not written yet. */
  long dropAll(Tally reason) {
    broken();
    List<Parcel<LineRun>> left = takeBegun();
    left.addAll(takeWaiting());
    again.clear();
    replayed.clear(); // The spool has it.
    replayedBytes = 0;
    left.forEach(parcel -> reason.add(parcel.load().lines()));
    left.forEach(Parcel::done);
    return left.stream().mapToLong(parcel -> parcel.load().lines()).sum();
  }

  /** Takes back what was begun on a connection that broke, and never written: oldest first. */
  List<Parcel<LineRun>> takeBegun() {
    List<Parcel<LineRun>> begun = new ArrayList<>();
    again.stream().filter(g -> !g.delivered()).forEach(g -> begun.addAll(g.parcels()));
    again.removeIf(g -> !g.delivered() && !g.isReplayed());
    begun.forEach(parcel -> heldBytes -= parcel.load().size());
    return begun;
  }

  /** Takes back what waits, oldest first. */
  List<Parcel<LineRun>> takeWaiting() {
    List<Parcel<LineRun>> all = new ArrayList<>(waiting);
    waiting.clear();
    all.forEach(parcel -> heldBytes -= parcel.load().size());
    return all;
  }

  /** Takes back what came last, but for so many bytes that may stay; oldest first. */
  List<Parcel<LineRun>> takeNewest(long keep) {
    Deque<Parcel<LineRun>> newest = new ArrayDeque<>();
    while (heldBytes > keep && !waiting.isEmpty()) {
      Parcel<LineRun> last = waiting.removeLast();
      heldBytes -= last.load().size();
      newest.addFirst(last);
    }
    return new ArrayList<>(newest);
  }

  /** Takes back what has waited longest; null when nothing waits. */
  Parcel<LineRun> takeOldest() {
    Parcel<LineRun> oldest = waiting.poll();
    if (oldest != null) {
      heldBytes -= oldest.load().size();
    }
    return oldest;
  }

  private void drop(Parcel<LineRun> parcel, Tally reason) {
    reason.add(parcel.load().lines());
    heldBytes -= parcel.load().size();
    parcel.done();
  }
}
