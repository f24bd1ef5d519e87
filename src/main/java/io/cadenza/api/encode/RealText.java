package io.cadenza.api.encode;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import io.cadenza.format.DoubleText;
import io.cadenza.render.PythonFloat;

/**
 * Floating numbers as Python's {@code repr} writes them, and so graphite-web: the shortest digits
 * that read back as the same number, always with a point or an exponent: {@code 5.0}, {@code 0.1},
 * {@code 1e+16}, {@code 1e-05}. Any thread; makes no object for numbers of up to nine decimals.
 */
final class RealText {
  /** The longest text of a number, in bytes. */
  static final int LONGEST = 32;

  /** Digits up to which a decimal fraction and the number nearest to it stand for each other. */
  private static final double EXACT = 1e15;

  private static final int MOST_DECIMALS = 9;

  /** Below this Python writes an exponent. */
  private static final double LEAST_PLAIN = 1e-4;

  private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private RealText() {}

  /**
   * Writes a number; answers where its text ends.
   *
   * @param into with room for {@link #LONGEST} bytes
   */
  static int write(double number, byte[] into, int at) {
    long whole = (long) number;
    if (whole == number && Math.abs(number) < EXACT && (whole != 0 || 1 / number > 0)) {
      int end = DoubleText.write(whole, into, at);
      into[end] = '.';
      into[end + 1] = '0';
      return end + 2;
    }
    double size = Math.abs(number);
    if (size >= LEAST_PLAIN && size < EXACT) {
      int end = fraction(number, size, into, at);
      if (end > 0) {
        return end;
      }
    }
    return ascii(slowly(number), into, at);
  }

  /** Writes a number of few decimals; 0 when it has more. */
  private static int fraction(double number, double size, byte[] into, int at) {
    for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
      double scaled = size * TENS[decimals];
      if (scaled >= EXACT) {
        return 0;
      }
      long digits = Math.round(scaled);
      if (digits / TENS[decimals] == size) {
        return placed(number < 0, digits, decimals, into, at);
      }
    }
    return 0;
  }

  private static int placed(boolean negative, long digits, int decimals, byte[] into, int at) {
    int from = at;
    if (negative) {
      into[from++] = '-';
    }
    long unit = (long) TENS[decimals];
    int point = DoubleText.write(digits / unit, into, from);
    into[point] = '.';
    long rest = digits % unit;
    for (int i = point + decimals; i > point; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return point + decimals + 1;
  }

  private static String slowly(double number) {
    String text = DoubleToDecimal.toString(number);
    // Where Java needs no exponent, Python writes the same.
    return text.indexOf('E') < 0 && Double.isFinite(number) ? text : PythonFloat.text(number);
  }

  private static int ascii(String text, byte[] into, int at) {
    for (int i = 0; i < text.length(); i++) {
      into[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }
}
