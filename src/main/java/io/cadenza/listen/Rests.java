package io.cadenza.listen;

/**
 * When a socket for datagrams is left alone for a moment, and for how long: where several would
 * come meanwhile, and the kernel has room for them many times over. One thread.
 *
 * <p>What comes is taken to come on as it did in the turn of the event loop that ends. So one
 * datagram after a silence is read at once, and the first of many are; and a flood, which wakes
 * nobody anyway as there is always something to read, does not pile up in the kernel.
 *
 * <p>All sockets of a process that rest are looked at in the same moments, so that what their event
 * loops have for each other finds them awake.
 */
final class Rests {
  /** The longest rest: what a datagram may be late by. */
  static final long LONGEST_NANOS = 32_000_000;

  /** A shorter one is not worth its timer. */
  static final long SHORTEST_NANOS = 1_000_000;

  /** Nor is one in which fewer datagrams come. */
  private static final int LEAST = 2;

  /** The part of the kernel's room that a rest may fill with what comes as it came before. */
  private static final int PART = 4;

  /** A burst that the kernel's room has to hold for a rest: a gigabit a second. */
  private static final double BURST_BYTES_PER_NANO = 0.125;

  /** What a datagram takes in the kernel beside its bytes, at least. */
  private static final int OVERHEAD = 1024;

  private final int mostInTurn;
  private long before;
  private boolean begun;
  private int datagrams;
  private long bytes;

  /**
   * @param mostInTurn how many datagrams are read in a turn at most: after so many there are more
   */
  Rests(int mostInTurn) {
    this.mostInTurn = mostInTurn;
  }

  /** A datagram was read. */
  void came(int size) {
    datagrams++;
    bytes += size + OVERHEAD;
  }

  /**
   * A turn of the event loop has read what there was; answers for how many nanoseconds a rest may
   * follow, or 0.
   *
   * @param nanos a steady clock, the same for all sockets
   * @param room bytes that the kernel holds
   */
  long turnEnded(long nanos, int room) {
    double since = Math.max(1, nanos - before);
    long rest = begun && datagrams < mostInTurn ? rest(datagrams / since, bytes / since, room) : 0;
    begun = true;
    before = nanos;
    datagrams = 0;
    bytes = 0;
    return rest == 0 ? 0 : untilNext(nanos, rest);
  }

  private static long rest(double datagramsPerNano, double bytesPerNano, int room) {
    double fastest = Math.max(bytesPerNano * PART, BURST_BYTES_PER_NANO);
    long rest = LONGEST_NANOS;
    while (rest > SHORTEST_NANOS && fastest * rest > room) {
      rest /= 2;
    }
    boolean fits = fastest * rest <= room;
    return fits && datagramsPerNano * rest >= LEAST ? rest : 0;
  }

  /** The moment that all wait for, or the one behind it where that is very near. */
  private static long untilNext(long nanos, long rest) {
    long until = rest - Math.floorMod(nanos, rest);
    return until < rest / 4 ? until + rest : until;
  }
}
