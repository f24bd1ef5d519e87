package io.cadenza.format;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers written as text, as JavaScript writes them and so node statsd: the shortest digits that
 * read back as the same number, {@code 0.1}, {@code 1e-7}, {@code 1e+21}, {@code NaN}, {@code
 * -Infinity}. Any thread. Allocates only for numbers of more than a few decimals.
 */
public final class DoubleText {
  /** The longest text of a number, in bytes. */
  public static final int LONGEST = 32;

  /** Below this, a whole number and its thousandths are told apart exactly. */
  private static final double MOST_WHOLE = 1e15;

  private static final double MOST_SCALED = 1e12;

  private DoubleText() {}

  /** Writes a whole number; answers where its text ends. */
  public static int write(long number, byte[] into, int at) {
    if (number < 0) {
      if (number == Long.MIN_VALUE) {
        return ascii(Long.toString(number), into, at);
      }
      into[at] = '-';
      return write(-number, into, at + 1);
    }
    int digits = 1;
    for (long most = 10; most <= number && digits < 19; most *= 10) {
      digits++;
    }
    long rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      long tenth = rest / 10;
      into[i] = (byte) ('0' + rest - tenth * 10);
      rest = tenth;
    }
    return at + digits;
  }

  /**
   * Writes a number; answers where its text ends.
   *
   * @param into with room for {@link #LONGEST} bytes
   */
  public static int write(double number, byte[] into, int at) {
    long whole = (long) number;
    if (whole == number && Math.abs(number) < MOST_WHOLE) {
      return write(whole, into, at);
    }
    double scaled = number * 1000;
    long thousandths = Math.round(scaled);
    if (Math.abs(number) < MOST_SCALED && thousandths / 1000.0 == number) {
      return decimal(thousandths, into, at);
    }
    return slowly(number, into, at);
  }

  /** A number that is so many thousandths, but not whole. Its text is the shortest there is. */
  private static int decimal(long thousandths, byte[] into, int at) {
    int from = at;
    if (thousandths < 0) {
      into[from++] = '-';
    }
    long size = Math.abs(thousandths);
    int end = write(size / 1000, into, from);
    int rest = (int) (size % 1000);
    into[end++] = '.';
    into[end++] = (byte) ('0' + rest / 100);
    if (rest % 100 != 0) {
      into[end++] = (byte) ('0' + rest / 10 % 10);
    }
    if (rest % 10 != 0) {
      into[end++] = (byte) ('0' + rest % 10);
    }
    return end;
  }

  private static int slowly(double number, byte[] into, int at) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return ascii(Double.toString(number), into, at);
    }
    String text = shortest(Math.abs(number));
    int e = text.indexOf('E');
    String mantissa = e < 0 ? text : text.substring(0, e);
    int power = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
    int dot = mantissa.indexOf('.');
    String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
    int point = dot + power; // digits before the decimal point
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
      point--;
    }
    int last = digits.length();
    while (last > first + 1 && digits.charAt(last - 1) == '0') {
      last--;
    }
    int from = at;
    if (number < 0) {
      into[from++] = '-';
    }
    return placed(digits.substring(first, last), point, into, from);
  }

  /** Java always has two digits, of which for some of the least numbers the first is enough. */
  private static String shortest(double number) {
    String text = DoubleToDecimal.toString(number);
    if (number >= Double.MIN_NORMAL || number == 0) {
      return text;
    }
    BigDecimal digit = new BigDecimal(text).round(new MathContext(1));
    boolean enough = digit.doubleValue() == number;
    return enough ? digit.unscaledValue() + ".0E" + -digit.scale() : text;
  }

  /** ECMAScript's Number::toString, steps 6 to 10: n is {@code point}, k the digits. */
  private static int placed(String digits, int point, byte[] into, int at) {
    int k = digits.length();
    if (k <= point && point <= 21) {
      return ascii("0".repeat(point - k), into, ascii(digits, into, at));
    }
    if (0 < point && point <= 21) {
      int end = ascii(digits.substring(0, point) + ".", into, at);
      return ascii(digits.substring(point), into, end);
    }
    if (-6 < point && point <= 0) {
      return ascii(digits, into, ascii("0." + "0".repeat(-point), into, at));
    }
    String fraction = k == 1 ? "" : "." + digits.substring(1);
    String sign = point > 0 ? "e+" : "e-";
    return ascii(digits.charAt(0) + fraction + sign + Math.abs(point - 1), into, at);
  }

  private static int ascii(String text, byte[] into, int at) {
    for (int i = 0; i < text.length(); i++) {
      into[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }
}
