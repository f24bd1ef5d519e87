package io.cadenza.output;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory that all connections of an event loop write from, again and again: what came back last
 * is lent first, since the caches of the processor have it. Made when there is need; what there was
 * need of once stays until the loop ends, so that connections may come and go.
 *
 * <p>While kernels take at once what they are given, one slab does for all connections. The others
 * are for peers that are slower than what they get.
 */
final class Slabs {
  /** Of one event loop, which are 4 MiB: enough for three peers that let all wait. */
  static final int MOST = 16;

  /** For what is not made of lines as they are. */
  static final Slabs NONE = new Slabs(0);

  private final int most;
  private final Deque<Slab> free = new ArrayDeque<>();
  private int made;
  private boolean closed;

  /**
   * @param most how many there may be
   */
  Slabs(int most) {
    this.most = most;
  }

  /** An empty one; null when there is none to spare. */
  Slab take() {
    return free.isEmpty() ? make() : free.pop();
  }

  private Slab make() {
    if (made == most || closed) {
      return null;
    }
    Internals.Memory memory = Internals.Memory.of(Slab.BYTES);
    if (memory == null) {
      return null;
    }
    made++;
    return new Slab(memory);
  }

  void giveBack(Slab slab) {
    free.push(slab);
    if (closed) {
      releaseFree();
    }
  }

  /** How many there are, lent or not. */
  int made() {
    return made;
  }

  int lent() {
    return made - free.size();
  }

  /** The event loop ends. What is lent still is let go of when it comes back. */
  void close() {
    closed = true;
    releaseFree();
  }

  private void releaseFree() {
    made -= free.size();
    free.forEach(Slab::release);
    free.clear();
  }
}
