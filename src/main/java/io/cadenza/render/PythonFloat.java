package io.cadenza.render;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers as Python writes and rounds them, which names of series and graphite's raw format have:
 * {@code 2.5}, {@code 100.0}, {@code 1e+20}, {@code inf}. Any thread.
 */
public final class PythonFloat {
  /** From here on whole numbers have an exponent, below {@code 1e-4} fractions. */
  private static final int LONGEST_WHOLE = 16;

  private static final int LONGEST_FRACTION = -4;

  /** Whole numbers up to here are told apart. */
  private static final double MOST_EXACT = 1L << 52;

  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12
  };

  private PythonFloat() {}

  /** The shortest text that reads back as the same number: {@code repr}. */
  public static String text(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return endless(number);
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal digits = shortest(Math.abs(number));
    String sign = number < 0 ? "-" : "";
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent < LONGEST_FRACTION || exponent >= LONGEST_WHOLE) {
      return sign + scientific(digits, exponent);
    }
    String plain = digits.toPlainString();
    return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
  }

  /** With six digits that count, as {@code %g}: {@code 2.5}, {@code 100}, {@code 1e+20}. */
  public static String general(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return endless(number);
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal digits =
        new BigDecimal(Math.abs(number)).round(new MathContext(6, RoundingMode.HALF_EVEN));
    digits = digits.stripTrailingZeros();
    String sign = number < 0 ? "-" : "";
    int exponent = digits.precision() - digits.scale() - 1;
    boolean plain = exponent >= LONGEST_FRACTION && exponent < 6;
    return sign + (plain ? digits.toPlainString() : scientific(digits, exponent));
  }

  /** With so many decimals, as {@code %.2f}. */
  public static String fixed(double number, int decimals) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return endless(number);
    }
    String text =
        new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).abs().toPlainString();
    return number < 0 || 1 / number < 0 ? "-" + text : text;
  }

  /**
   * Rounded to so many decimals as {@code round} does: by the exact value of the number, and half
   * to even.
   *
   * @param decimals may be negative, for tens and hundreds
   */
  public static double round(double number, int decimals) {
    if (decimals >= 0 && decimals < POWERS.length) {
      double scaled = number * POWERS[decimals];
      double below = Math.floor(scaled);
      // Near a half the product's own rounding could decide; elsewhere the quotient is the nearest.
      if (Math.abs(scaled) < MOST_EXACT && Math.abs(scaled - below - 0.5) > 0.01) {
        return Math.copySign(Math.rint(scaled) / POWERS[decimals], number);
      }
    }
    if (Double.isNaN(number) || Double.isInfinite(number) || number == 0 || decimals > 323) {
      return number;
    }
    if (decimals < -308) {
      return Math.copySign(0.0, number);
    }
    double rounded =
        new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
    return Math.copySign(rounded, number);
  }

  private static String endless(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    return number > 0 ? "inf" : "-inf";
  }

  /** Java's text always has two digits, of which for some of the least the first is enough. */
  private static BigDecimal shortest(double number) {
    BigDecimal digits = new BigDecimal(DoubleToDecimal.toString(number)).stripTrailingZeros();
    if (number < Double.MIN_NORMAL && digits.precision() == 2) {
      BigDecimal first = digits.round(new MathContext(1));
      return first.doubleValue() == number ? first : digits;
    }
    return digits;
  }

  private static String scientific(BigDecimal digits, int exponent) {
    String all = digits.unscaledValue().toString();
    String fraction = all.length() == 1 ? "" : "." + all.substring(1);
    String sign = exponent < 0 ? "-" : "+";
    return all.charAt(0) + fraction + "e" + sign + twoDigits(Math.abs(exponent));
  }

  private static String twoDigits(int exponent) {
    return String.format(Locale.ROOT, "%02d", exponent);
  }
}
