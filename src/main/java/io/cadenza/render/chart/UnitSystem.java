package io.cadenza.render.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** By what large values are shortened: graphite's {@code yUnitSystem}. */
public enum UnitSystem {
  /** Thousands: {@code 1.5k}. */
  SI(
      new double[] {1e3, 1e6, 1e9, 1e12, 1e15, 1e18},
      new String[] {"k", "M", "G", "T", "P", "E"},
      new double[] {1, 2, 2.5, 5, 10}),
  /** Steps of 1024: {@code 1.5Ki}. */
  BINARY(
      new double[] {0x1p10, 0x1p20, 0x1p30, 0x1p40, 0x1p50, 0x1p60},
      new String[] {"Ki", "Mi", "Gi", "Ti", "Pi", "Ei"},
      new double[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024}),
  /** Values are seconds: {@code 5min}. */
  SEC(
      new double[] {60, 3600, 86_400, 31_536_000},
      new String[] {"min", "h", "d", "y"},
      new double[] {1, 2, 5, 10}),
  /** Values are milliseconds: {@code 1.5s}. */
  MSEC(
      new double[] {1e3, 60e3, 3600e3, 86_400e3},
      new String[] {"s", "min", "h", "d"},
      new double[] {1, 2, 2.5, 5, 10}),
  /** As they are: {@code 1500}. */
  NONE(new double[] {}, new String[] {}, new double[] {1, 2, 2.5, 5, 10});

  /** With more digits than that a number is told by its exponent. */
  private static final double LARGEST = 1e7;

  private static final double SMALLEST = 1e-5;
  private static final int MOST_DIGITS = 12;

  private final double[] factors;
  private final String[] suffixes;
  private final double[] nice;

  UnitSystem(double[] factors, String[] suffixes, double[] nice) {
    this.factors = factors;
    this.suffixes = suffixes;
    this.nice = nice;
  }

  /** The first round step that is not smaller than another: 2.5, 5, 10. */
  double roundStep(double least) {
    int at = largestFactor(least);
    double factor = at < 0 ? 1 : factors[at];
    double part = least / factor;
    double ten = part < 1 || part > nice[nice.length - 1] ? powerOfTen(part) : 1;
    for (double candidate : nice) {
      if (candidate * ten * (1 + 1e-9) >= part) {
        return candidate * ten * factor;
      }
    }
    return 10 * ten * factor;
  }

  private static double powerOfTen(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
  }

  /**
   * A value, shortened, with as many digits as tell it from its neighbours.
   *
   * @param step from one value to the next
   */
  String tick(double value, double step) {
    if (Math.abs(value) < step * 1e-6) {
      return "0";
    }
    double digits = Math.log10(Math.abs(value) / step);
    return shortened(value, Math.min(MOST_DIGITS, Math.max(1, (int) Math.ceil(digits) + 2)));
  }

  /** A value, shortened to four digits. */
  String value(double value) {
    return value == 0 ? "0" : shortened(value, 4);
  }

  private String shortened(double value, int digits) {
    int at = largestFactor(Math.abs(value) * (1 + 1e-9));
    double factor = at < 0 ? 1 : factors[at];
    String suffix = at < 0 ? "" : suffixes[at];
    return decimal(value / factor, digits) + suffix;
  }

  private static String decimal(double value, int digits) {
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(digits, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= LARGEST || size < SMALLEST) {
      return rounded.unscaledValue() + "e" + -rounded.scale();
    }
    return rounded.toPlainString();
  }

  private int largestFactor(double value) {
    int at = -1;
    while (at + 1 < factors.length && factors[at + 1] <= value) {
      at++;
    }
    return at;
  }
}
