package io.cadenza.format;

/**
 * Decimal digits in a word of eight bytes, the first of them lowest, all at once: no branch that
 * depends on how many there are. Any thread.
 */
public final class Digits {
  /** Eight zeros: {@code word ^ ZEROS} has the value of each digit in its byte. */
  static final long ZEROS = 0x3030303030303030L;

  private static final long HIGHS = 0x8080808080808080L;
  private static final long UP_TO_NINE = 0x7676767676767676L;

  private Digits() {}

  /** How many digits a word begins with: 0 to 8. */
  public static int count(long word) {
    return Long.numberOfTrailingZeros(others(word ^ ZEROS)) >>> 3;
  }

  /** The high bit of each byte that is above 9. */
  static long others(long x) {
    return (x | (x & ~HIGHS) + UP_TO_NINE) & HIGHS;
  }

  /**
   * The number that the first bytes of a word are.
   *
   * @param count of digits, 1 to 8
   */
  public static long value(long word, int count) {
    return eight((word ^ ZEROS) << (8 - count) * 8); // Zeros in front, as many as make eight.
  }

  /** The number of eight bytes from 0 to 9, the first of them lowest: pairs, fours, then all. */
  static long eight(long x) {
    long pairs = x * 10 + (x >>> 8) & 0x00ff_00ff_00ff_00ffL;
    long fours = pairs * 100 + (pairs >>> 16) & 0x0000_ffff_0000_ffffL;
    return fours * 10_000 + (fours >>> 32) & 0xffff_ffffL;
  }
}
