package io.cadenza.output;

/**
 * What one connection has of the slabs of its event loop, for the writes that are under way. A few
 * at most: a peer that does not read leaves some to others. Belongs to the event loop.
 */
final class WriteMemory {
  /** As many as all that an output has in flight needs, if little is left over behind it. */
  static final int MOST = 5;

  /** Smaller writes are not worth it: Netty has memory of that size at hand. */
  static final int LEAST = 4 * 1024;

  private final Slabs slabs;
  private Slab begun;
  private int count;

  WriteMemory(Slabs slabs) {
    this.slabs = slabs;
  }

  /**
   * A slab with room for a write, which is to be added to it: when it is over, {@link #over} is to
   * be called; null when there is none, or none that suits.
   */
  Slab room(int bytes) {
    if (bytes < LEAST || bytes > Slab.BYTES) {
      return null;
    }
    if (begun != null && begun.room() >= bytes) {
      return begun;
    }
    Slab next = count < MOST ? slabs.take() : null;
    if (next != null) {
      count++;
      begun = next;
    }
    return next;
  }

  /** Nobody reads any more what a write had in the slab. */
  void over(Slab slab) {
    if (slab.over()) {
      if (begun == slab) {
        begun = null;
      }
      count--;
      slabs.giveBack(slab);
    }
  }
}
