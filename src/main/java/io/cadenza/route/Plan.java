package io.cadenza.route;

import io.cadenza.bus.Window;
import io.cadenza.line.Invalid;
import io.cadenza.meter.Reasons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is to be done with one line, all of it, before any of it is done: so that a line that has to
 * wait for one destination has not gone to another one yet. Reused line after line.
 */
final class Plan {
  private Outlet[] outlets = new Outlet[16];
  private byte[][] arrays = new byte[16][];
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int sends;
  private Count[] counts = new Count[16];
  private int[] sizes = new int[16];
  private int counted;
  private Reasons[] refusers = new Reasons[4];
  private Invalid[] reasons = new Invalid[4];
  private int refused;
  private final List<Taking> takings = new ArrayList<>();
  private int taken;
  private byte[] scratch = new byte[4096];
  private int used;

  void clear() {
    sends = 0;
    counted = 0;
    refused = 0;
    taken = 0;
    used = 0;
  }

  /**
   * An accumulator is to take the line.
   *
   * @param head what stands in front of it instead of its key, or null
   * @param end where its newline is
   */
  void take(Feed feed, Head head, byte[] bytes, int start, int keyStart, int keyEnd, int end) {
    if (taken == takings.size()) {
      takings.add(new Taking());
    }
    Taking next = takings.get(taken++);
    next.feed = feed;
    next.head = head;
    next.bytes = bytes;
    next.start = start;
    next.keyStart = keyStart;
    next.keyEnd = keyEnd;
    next.end = end;
  }

  /** The line is to go to an outlet: bytes with its newline. */
  void send(Outlet outlet, byte[] bytes, int start, int end) {
    if (sends == outlets.length) {
      outlets = Arrays.copyOf(outlets, sends * 2);
      arrays = Arrays.copyOf(arrays, sends * 2);
      starts = Arrays.copyOf(starts, sends * 2);
      ends = Arrays.copyOf(ends, sends * 2);
    }
    outlets[sends] = outlet;
    arrays[sends] = bytes;
    starts[sends] = start;
    ends[sends++] = end;
  }

  void count(Count count, int bytes) {
    if (counted == counts.length) {
      counts = Arrays.copyOf(counts, counted * 2);
      sizes = Arrays.copyOf(sizes, counted * 2);
    }
    counts[counted] = count;
    sizes[counted++] = bytes;
  }

  /** A pipeline further on refuses the line. */
  void refuse(Reasons where, Invalid why) {
    if (refused == refusers.length) {
      refusers = Arrays.copyOf(refusers, refused * 2);
      reasons = Arrays.copyOf(reasons, refused * 2);
    }
    refusers[refused] = where;
    reasons[refused++] = why;
  }

  /** Room for a changed line. What was written there before stays valid until {@link #clear}. */
  byte[] scratch(int size) {
    if (scratch.length - used < size) {
      scratch = new byte[Math.max(scratch.length * 2, size)];
      used = 0;
    }
    return scratch;
  }

  int used() {
    return used;
  }

  void use(int size) {
    used += size;
  }

  /** What has no room for this line now, or null. */
  Window obstacle() {
    for (int i = 0; i < sends; i++) {
      if (outlets[i].blocks()) {
        return outlets[i].state().queue();
      }
    }
    for (int i = 0; i < taken; i++) {
      Window full = takings.get(i).feed.obstacle();
      if (full != null) {
        return full;
      }
    }
    return null;
  }

  void carryOut() {
    for (int i = 0; i < counted; i++) {
      counts[i].add(1, sizes[i]);
    }
    for (int i = 0; i < refused; i++) {
      refusers[i].add(reasons[i], 1);
    }
    for (int i = 0; i < sends; i++) {
      outlets[i].append(arrays[i], starts[i], ends[i], 1);
    }
    for (int i = 0; i < taken; i++) {
      takings.get(i).carryOut();
    }
  }

  /** One line for an accumulator. */
  private static final class Taking {
    private Feed feed;
    private Head head;
    private byte[] bytes;
    private int start;
    private int keyStart;
    private int keyEnd;
    private int end;

    private void carryOut() {
      if (head == null) {
        feed.take(bytes, start, keyStart, keyEnd, end);
      } else {
        feed.take(head, bytes, keyEnd, end);
      }
    }
  }
}
