package io.cadenza.output;

import io.cadenza.bus.Parcel;
import io.cadenza.line.LineRun;
import io.cadenza.meter.Tally;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one output has still to write, in order: what broke with a connection, then what waits; what
 * is being written now; and for a while what was written last. One thread.
 *
 * <p>A kernel that takes bytes does not say that the peer will read them: a peer that dies takes
 * with it what it has not read. So the last bytes of a stream are kept a while, by reference, and
 * written again when the connection breaks. Lines may come twice then; they were counted once.
 */
final class Backlog {
  private static final int GROUP_BYTES = 128 * 1024;

  private final Deque<Group> again = new ArrayDeque<>();
  private final Deque<Parcel<LineRun>> waiting = new ArrayDeque<>();
  private final Deque<Group> inFlight = new ArrayDeque<>();
  private final Deque<Group> written = new ArrayDeque<>();
  private final long keep;
  private long heldBytes;
  private long inFlightBytes;
  private long writtenBytes;

  /**
   * @param keep bytes written last that are kept
   */
  Backlog(long keep) {
    this.keep = keep;
  }

  void add(Parcel<LineRun> parcel) {
    waiting.add(parcel);
    heldBytes += parcel.load().size();
  }

  /** Whether nothing is left to begin with. */
  boolean isEmpty() {
    return again.isEmpty() && waiting.isEmpty();
  }

  /** Whether nothing is left to do. */
  boolean isIdle() {
    return isEmpty() && inFlight.isEmpty();
  }

  /** Whether nothing is being written now. */
  boolean isQuiet() {
    return inFlight.isEmpty();
  }

  /** Bytes of lines that are not written yet. */
  long heldBytes() {
    return heldBytes;
  }

  long inFlightBytes() {
    return inFlightBytes;
  }

  /** What to write now. */
  Group next() {
    Group group = again.isEmpty() ? new Group(waiting, GROUP_BYTES) : again.remove();
    inFlight.add(group);
    inFlightBytes += group.bytes();
    return group;
  }

  /** A write is done. */
  void done(Group group, long now) {
    inFlight.remove(group);
    inFlightBytes -= group.bytes();
    if (!group.delivered()) {
      heldBytes -= group.bytes();
    }
    group.delivered(now);
    if (keep > 0) {
      written.add(group);
      writtenBytes += group.bytes();
      while (writtenBytes - written.peek().bytes() >= keep) {
        forgetOldest();
      }
    }
  }

  /** Takes it that what was written before then has been read. */
  void forget(long before) {
    while (!written.isEmpty() && written.peek().deliveredAt() < before) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    writtenBytes -= written.remove().bytes();
  }

  /** The connection is closed in good order: what was written there will be read. */
  void forgetAll() {
    written.clear();
    writtenBytes = 0;
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
        drop(group, reason);
        return true;
      }
    }
    if (waiting.size() > 1) {
      drop(waiting.remove(), reason);
      return true;
    }
    return false;
  }

  /** Drops everything; answers how many lines were not written yet. */
  long dropAll(Tally reason) {
    broken();
    long lines = 0;
    for (Group group : again) {
      if (!group.delivered()) {
        lines += group.lines();
        drop(group, reason);
      }
    }
    for (Parcel<LineRun> parcel : waiting) {
      lines += parcel.load().lines();
      drop(parcel, reason);
    }
    again.clear();
    waiting.clear();
    return lines;
  }

  private void drop(Group group, Tally reason) {
    reason.add(group.lines());
    heldBytes -= group.bytes();
    group.giveBack();
  }

  private void drop(Parcel<LineRun> parcel, Tally reason) {
    reason.add(parcel.load().lines());
    heldBytes -= parcel.load().size();
    parcel.done();
  }
}
