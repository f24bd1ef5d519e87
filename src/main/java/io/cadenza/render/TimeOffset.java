package io.cadenza.render;

import java.util.Map;

/** Reads {@code -1h30min}: a sign or none, then numbers with units. */
final class TimeOffset {
  /** Told by the beginning of the word; {@code m} alone could be two of them, and is none. */
  private static final Map<String, Long> UNITS =
      Map.of(
          "s",
          1L,
          "min",
          60L,
          "h",
          3600L,
          "d",
          86_400L,
          "w",
          604_800L,
          "mon",
          2_592_000L,
          "y",
          31_536_000L);

  /** More than this is a mistake, and would not fit where spans are moved. */
  private static final long MOST = 31_536_000L * 10_000;

  private TimeOffset() {}

  /**
   * Its seconds.
   *
   * @throws IllegalArgumentException when it is none, with what is wrong
   */
  static long seconds(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    boolean signed = text.charAt(0) == '+' || text.charAt(0) == '-';
    int at = signed ? 1 : 0;
    if (at == text.length()) {
      throw new IllegalArgumentException("number and unit required after the sign");
    }
    long sum = 0;
    while (at < text.length()) {
      int unit = run(text, at, true);
      int next = run(text, unit, false);
      if (unit == at || next == unit) {
        throw new IllegalArgumentException("number and unit required, as in 10min");
      }
      long count = Long.parseLong(text.substring(at, unit));
      sum += Math.multiplyExact(count, unit(text.substring(unit, next)));
      if (sum > MOST || sum < 0) {
        throw new ArithmeticException();
      }
      at = next;
    }
    return text.charAt(0) == '-' ? -sum : sum;
  }

  /** The seconds of a unit by the beginning of its name. */
  private static long unit(String word) {
    for (String beginning : new String[] {"s", "min", "h", "d", "w", "mon", "y"}) {
      if (word.startsWith(beginning)) {
        return UNITS.get(beginning);
      }
    }
    throw new IllegalArgumentException("invalid unit '" + word + "', s min h d w mon y are units");
  }

  private static int run(String text, int from, boolean digits) {
    int at = from;
    while (at < text.length() && is(text.charAt(at), digits)) {
      at++;
    }
    return at;
  }

  private static boolean is(char c, boolean digit) {
    return digit ? c >= '0' && c <= '9' : Character.isLetter(c);
  }
}
