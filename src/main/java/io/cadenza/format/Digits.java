package io.cadenza.format;

/**
 * Decimal digits in a word of eight bytes, the first of them lowest, all at once: no branch that
 * depends on how many there are. Any thread.
 */
public final class Digits {
  private static final long ZEROS = 0x3030303030303030L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long UP_TO_NINE = 0x7676767676767676L;

  private Digits() {}

  /** How many digits a word begins with: 0 to 8. */
  public static int count(long word) {
    long x = word ^ ZEROS;
    // The high bit of each byte that is none: one above 9, alone or with what makes it carry.
    long others = (x | (x & ~HIGHS) + UP_TO_NINE) & HIGHS;
    return Long.numberOfTrailingZeros(others) >>> 3;
  }

  /**
   * The number that the first bytes of a word are.
   *
   * @param count of digits, 1 to 8
   */
  public static long value(long word, int count) {
    // In front of them as many zeros as make eight, then neighbours put together three times.
    long x = (word ^ ZEROS) << (8 - count) * 8;
    x = x * 10 + (x >>> 8);
    x = (x & 0x00ff00ff00ff00ffL) * 100 + (x >>> 16 & 0x00ff00ff00ff00ffL);
    return (x & 0xffff) * 10_000 + (x >>> 32 & 0xffff);
  }
}
