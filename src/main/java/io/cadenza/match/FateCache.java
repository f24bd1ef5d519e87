package io.cadenza.match;

import io.cadenza.line.LineBatch;

/**
 * What was decided for the latest keys: a small number for each key, which its caller has given a
 * meaning. So that a key which comes again needs one look, and neither the automaton of a {@link
 * PatternSet} nor the regexes behind a {@link KeyTemplate}.
 *
 * <p>Bounded in bytes, taken as keys come; the oldest keys are forgotten. A hit allocates nothing.
 * One thread's.
 */
public final class FateCache {
  /** The answer for a key that is not there. */
  public static final int MISSING = -1;

  /** How many lines can be asked about at once. */
  public static final int GROUP = RecentKeys.GROUP;

  private static final int LEAST_BYTES = 1 << 16;

  private final RecentKeys keys;

  /**
   * @param bytes of keys and their numbers, rounded down to a power of two, 64 KiB or more; half as
   *     much again goes to an index
   */
  public FateCache(int bytes) {
    keys = new RecentKeys(Math.max(LEAST_BYTES, Integer.highestOneBit(bytes)));
  }

  /** The number of the key {@code bytes[from, to)}, or {@link #MISSING}. */
  public int find(byte[] bytes, int from, int to) {
    return fate(keys.find(bytes, from, to));
  }

  /**
   * The numbers of the keys of neighbouring lines, in less time than one by one.
   *
   * @param count at most {@link #GROUP}
   */
  public void find(LineBatch batch, int line, int count, int[] into) {
    keys.find(batch, line, count, into);
    for (int i = 0; i < count; i++) {
      into[i] = fate(into[i]);
    }
  }

  private int fate(int value) {
    if (value < 0) {
      return MISSING;
    }
    byte[] ring = keys.ring();
    return ring[value] << 24
        | (ring[value + 1] & 0xff) << 16
        | (ring[value + 2] & 0xff) << 8
        | ring[value + 3] & 0xff;
  }

  /**
   * Remembers a number for a key that is not there.
   *
   * @param fate at least 0
   */
  public void put(byte[] bytes, int from, int to, int fate) {
    int value = keys.put(bytes, from, to, Integer.BYTES);
    if (value >= 0) {
      byte[] ring = keys.ring();
      ring[value] = (byte) (fate >> 24);
      ring[value + 1] = (byte) (fate >> 16);
      ring[value + 2] = (byte) (fate >> 8);
      ring[value + 3] = (byte) fate;
    }
  }

  /** Forgets all, as the numbers have no meaning any more. */
  public void clear() {
    keys.clear();
  }

  /** Bytes that it holds. */
  public long bytes() {
    return keys.bytes();
  }

  /** Bytes that it may hold. */
  public long most() {
    return keys.most();
  }
}
