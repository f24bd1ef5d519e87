package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadenza.format.DoubleText;
import java.math.BigDecimal;

/**
 * A percentile of timers.
 *
 * @param percent from -100 to 100; below 0 it is counted from the largest value down
 * @param name as it is in names: {@code 99_9}, {@code top90}
 */
record Threshold(double percent, String name) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /**
   * Named as node statsd does: its text, with {@code _} for the dot and {@code top} for a minus.
   */
  static Threshold of(double percent) {
    byte[] text = new byte[DoubleText.LONGEST];
    int length = DoubleText.write(percent, text, 0);
    String name = new String(text, 0, length, ISO_8859_1).replace('.', '_').replace("-", "top");
    return new Threshold(percent, name);
  }

  /** As Cadent reads it: below 1 it is a fraction. */
  static Threshold cadent(double number) {
    boolean fraction = Math.abs(number) < 1;
    return of(fraction ? BigDecimal.valueOf(number).multiply(HUNDRED).doubleValue() : number);
  }

  boolean top() {
    return percent < 0;
  }

  /** The statistic that is the value at the threshold. */
  String boundary() {
    return percent > 0 ? "upper" : "lower";
  }

  /** How many of {@code n} values are within: 0 for none, then nothing is flushed. */
  long within(long n) {
    return n == 1 ? 1 : Math.round(Math.abs(percent) / 100 * n);
  }
}
