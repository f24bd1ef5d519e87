package io.cadenza.accumulate.bins;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * What is computed of the values of an interval.
 *
 * @param name as configured: {@code avg}, {@code p99.9}
 * @param kind which
 * @param fraction for a percentile, from 0 to 1; else 0
 */
public record Function(String name, Kind kind, double fraction) {
  /** What there is. */
  public enum Kind {
    SUM,
    MEAN,
    MIN,
    MAX,
    COUNT,
    FIRST,
    LAST,
    /** The largest less the smallest. */
    DELTA,
    /** What it rose by a second, from the value with the oldest time to that with the newest. */
    DERIVE,
    /** The standard deviation of all values, not of a sample of them. */
    STDEV,
    VARIANCE,
    PERCENTILE
  }

  /** The words that can be configured, for problems. */
  public static final String WORDS =
      "sum, avg (mean), min, max, count, first, last, delta, derive, stdev, variance, median, or a"
          + " percentile as p50, p99.9";

  public static final Function SUM = new Function("sum", Kind.SUM, 0);
  public static final Function MEAN = new Function("mean", Kind.MEAN, 0);
  public static final Function MIN = new Function("min", Kind.MIN, 0);
  public static final Function MAX = new Function("max", Kind.MAX, 0);
  public static final Function LAST = new Function("last", Kind.LAST, 0);

  /**
   * The function of that name; nothing if there is none.
   *
   * <p>{@code p} is followed by percents: {@code p5}, {@code p50}, {@code p99.9}, {@code p100}. As
   * carbon writes them, digits beyond the second are decimals: {@code p999} is 99.9.
   */
  public static Optional<Function> named(String name) {
    switch (name) {
      case "avg":
      case "average":
        return Optional.of(new Function(name, Kind.MEAN, 0));
      case "median":
        return Optional.of(new Function(name, Kind.PERCENTILE, 0.5));
      case "percentile":
        return Optional.empty();
      default:
        break;
    }
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(new Function(name, kind, 0));
      }
    }
    return name.startsWith("p") ? percentile(name) : Optional.empty();
  }

  private static Optional<Function> percentile(String name) {
    String digits = name.substring(1);
    int dot = digits.indexOf('.');
    boolean number = !digits.isEmpty() && digits.length() <= 9 && dot != 0;
    number &= dot < digits.length() - 1;
    for (int i = 0; number && i < digits.length(); i++) {
      number = i == dot || digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    if (!number) {
      return Optional.empty();
    }
    boolean decimals = dot < 0 && digits.length() > 2 && !digits.equals("100");
    BigDecimal percent =
        new BigDecimal(decimals ? digits.substring(0, 2) + "." + digits.substring(2) : digits);
    // From the text, as 99.9 / 100 is not the number nearest to 0.999.
    double fraction = percent.movePointLeft(2).doubleValue();
    return fraction <= 1
        ? Optional.of(new Function(name, Kind.PERCENTILE, fraction))
        : Optional.empty();
  }

  /** Its name as a part of a key, in which a dot would begin another: {@code p99_9}. */
  byte[] keyPart() {
    return name.replace('.', '_').getBytes(US_ASCII);
  }

  /** Whether running figures are enough for it. */
  boolean isPlain() {
    return kind.ordinal() <= Kind.DELTA.ordinal();
  }

  /** What it is for a bin, if {@link #isPlain}. */
  double of(Bin bin) {
    return switch (kind) {
      case SUM -> bin.sum;
      case MEAN -> bin.sum / bin.count;
      case MIN -> bin.min;
      case MAX -> bin.max;
      case COUNT -> bin.count;
      case FIRST -> bin.first;
      case LAST -> bin.last;
      case DELTA -> bin.max - bin.min;
      case DERIVE, STDEV, VARIANCE, PERCENTILE -> Double.NaN;
    };
  }
}
