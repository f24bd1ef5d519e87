package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;

/**
 * Decimal numbers as text in byte ranges: sign, digits, dot, exponent, also {@code .5} and {@code
 * 5.}; none of the hexadecimal, {@code 1d} or {@code 1_000} that languages take besides.
 *
 * <p>Called by formats and accumulators from any thread, for every line. Allocates only where a
 * value needs more than double arithmetic to be exact.
 */
public final class NumberText {
  private static final long EXACT = 1L << 53;
  private static final long LATEST = 0xFFFF_FFFFL;

  /** Powers of ten that a double holds exactly. */
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private NumberText() {}

  /**
   * Whether {@code b[from, to)} is a finite decimal number.
   *
   * @return 0, or the code of {@link Invalid#NAN}, {@link Invalid#INFINITE} (by name, or beyond
   *     what a double holds) or {@link Invalid#VALUE}
   */
  public static int check(byte[] b, int from, int to) {
    int at = behindSign(b, from, to);
    int end = decimalEnd(b, at, to);
    if (end < 0) {
      return named(b, at, to);
    }
    if (end == to) {
      return to - at <= 300 ? 0 : checkRange(b, from, at, end, to);
    }
    if ((b[end] | 0x20) != 'e') {
      return Invalid.VALUE.code();
    }
    int exponent = behindSign(b, end + 1, to);
    if (exponent == to || digitsEnd(b, exponent, to) != to) {
      return Invalid.VALUE.code();
    }
    return checkRange(b, from, at, end, to);
  }

  /**
   * Whether {@code b[from, to)} is a time: whole or decimal seconds up to 2^32 - 1.
   *
   * @return 0, or the code of {@link Invalid#NEGATIVE_TIME} or {@link Invalid#TIME}
   */
  public static int checkTime(byte[] b, int from, int to) {
    if (from < to && b[from] == '-') {
      boolean number = decimalEnd(b, from + 1, to) == to;
      return (number ? Invalid.NEGATIVE_TIME : Invalid.TIME).code();
    }
    if (decimalEnd(b, from, to) != to || seconds(b, from, to) > LATEST) {
      return Invalid.TIME.code();
    }
    return 0;
  }

  /** The number that {@link #check} took; anything else throws NumberFormatException. */
  public static double value(byte[] b, int from, int to) {
    int at = behindSign(b, from, to);
    long mantissa = 0;
    int scale = 0;
    boolean dot = false;
    for (; at < to; at++) {
      int digit = b[at] - '0';
      if (digit >= 0 && digit <= 9 && mantissa < EXACT / 10) {
        mantissa = mantissa * 10 + digit;
        scale += dot ? 1 : 0;
      } else if (b[at] == '.' && !dot) {
        dot = true;
      } else {
        break;
      }
    }
    if (at < to) {
      return slowly(b, from, to, at, mantissa, scale);
    }
    return scale >= TENS.length ? exactly(b, from, to) : signed(b[from], mantissa / TENS[scale]);
  }

  /** The whole seconds of a time: digits up to a dot or {@code to}; beyond 2^32 - 1 if too many. */
  static long seconds(byte[] b, int from, int to) {
    long seconds = 0;
    for (int at = from; at < to && b[at] != '.' && seconds <= LATEST; at++) {
      seconds = seconds * 10 + (b[at] - '0');
    }
    return seconds;
  }

  /** Behind the digits that begin at {@code at}. Looks at up to eight bytes beyond {@code to}. */
  static int digitsEnd(byte[] b, int at, int to) {
    for (; at <= b.length - 8; at += 8) {
      int digits = Digits.count(Bytes.word(b, at));
      if (digits < 8) {
        return Math.min(to, at + digits);
      }
      if (at + 8 >= to) {
        return to;
      }
    }
    while (at < to && b[at] >= '0' && b[at] <= '9') {
      at++;
    }
    return at;
  }

  /** Behind the digits with at most one dot that begin at {@code at}; -1 without any digit. */
  static int decimalEnd(byte[] b, int at, int to) {
    int whole = digitsEnd(b, at, to);
    if (whole >= to || b[whole] != '.') {
      return whole > at ? whole : -1;
    }
    int end = digitsEnd(b, whole + 1, to);
    return end - at > 1 ? end : -1;
  }

  /**
   * Whether the eight bytes from {@code at} begin with {@code length}, 1 to 8, that are digits with
   * at most one dot: the common value, looked at without a loop.
   */
  static boolean shortDecimal(byte[] b, int at, int length) {
    long x = Bytes.word(b, at) ^ Digits.ZEROS;
    long others = Digits.others(x) & -1L >>> 64 - 8 * length;
    if (others == 0) {
      return true;
    }
    long dot = x >>> Long.numberOfTrailingZeros(others) - 7 & 0xff;
    return (others & others - 1) == 0 && dot == ('.' ^ '0') && length > 1;
  }

  /** The number that {@link #shortDecimal} took. */
  static double shortValue(byte[] b, int at, int length) {
    long x = Bytes.word(b, at) ^ Digits.ZEROS;
    long others = Digits.others(x) & -1L >>> 64 - 8 * length;
    if (others == 0) {
      return Digits.eight(x << 64 - 8 * length);
    }
    // The digits before the dot, and those behind it moved up to them.
    int dot = Long.numberOfTrailingZeros(others) - 7;
    long before = x & (1L << dot) - 1;
    long digits = before | (x >>> 8 & -1L << dot);
    int scale = length - 1 - (dot >>> 3);
    return Digits.eight(digits << 64 - 8 * (length - 1)) / TENS[scale];
  }

  /** Whether the ten bytes from {@code at} are digits of a number below four milliards. */
  static boolean tenDigits(byte[] b, int at) {
    long first = Bytes.word(b, at) ^ Digits.ZEROS;
    long last = Bytes.word(b, at + 2) ^ Digits.ZEROS;
    return (Digits.others(first) | Digits.others(last)) == 0 && b[at] < '4';
  }

  /** The number that {@link #tenDigits} took. */
  static long tenDigitsValue(byte[] b, int at) {
    int two = (b[at] - '0') * 10 + (b[at + 1] - '0');
    return two * 100_000_000L + Digits.eight(Bytes.word(b, at + 2) ^ Digits.ZEROS);
  }

  private static int behindSign(byte[] b, int from, int to) {
    return from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
  }

  private static int named(byte[] b, int at, int to) {
    if (is(b, at, to, "nan")) {
      return Invalid.NAN.code();
    }
    boolean infinite = is(b, at, to, "inf") || is(b, at, to, "infinity");
    return (infinite ? Invalid.INFINITE : Invalid.VALUE).code();
  }

  private static boolean is(byte[] b, int from, int to, String lower) {
    if (to - from != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      if ((b[from + i] | 0x20) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Looks where the first digit that counts stands; only near the largest double it computes. */
  private static int checkRange(byte[] b, int from, int at, int end, int to) {
    int point = at;
    while (point < end && b[point] != '.') {
      point++;
    }
    int first = at;
    while (first < end && (b[first] == '0' || b[first] == '.')) {
      first++;
    }
    if (first == end) {
      return 0;
    }
    long power =
        point - first - (first > point ? 0 : 1) + (end < to ? exponent(b, end + 1, to) : 0);
    boolean infinite = power > 309 || power >= 308 && Double.isInfinite(exactly(b, from, to));
    return infinite ? Invalid.INFINITE.code() : 0;
  }

  /** The exponent, or at least a number as far out. */
  private static long exponent(byte[] b, int from, int to) {
    long exponent = 0;
    for (int at = behindSign(b, from, to); at < to && exponent < 1L << 40; at++) {
      exponent = exponent * 10 + (b[at] - '0');
    }
    return b[from] == '-' ? -exponent : exponent;
  }

  private static double slowly(byte[] b, int from, int to, int at, long mantissa, int scale) {
    if ((b[at] | 0x20) == 'e' && at + 1 < to) {
      long power = exponent(b, at + 1, to) - scale;
      if (power >= 0 && power < TENS.length) {
        return signed(b[from], mantissa * TENS[(int) power]);
      }
      if (power < 0 && -power < TENS.length) {
        return signed(b[from], mantissa / TENS[(int) -power]);
      }
    }
    return exactly(b, from, to);
  }

  private static double exactly(byte[] b, int from, int to) {
    return Double.parseDouble(new String(b, from, to - from, ISO_8859_1));
  }

  private static double signed(byte sign, double magnitude) {
    return sign == '-' ? -magnitude : magnitude;
  }
}
