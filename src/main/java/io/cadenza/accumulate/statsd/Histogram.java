package io.cadenza.accumulate.statsd;

import io.cadenza.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bins into which the values of timers are counted.
 *
 * @param metric text that the key has; empty for every key
 * @param bins their upper limits, exclusive and rising; the last may be infinite. Empty: none
 */
record Histogram(String metric, List<Double> bins) {
  Histogram {
    bins = List.copyOf(bins);
  }

  static Histogram read(Settings s) {
    List<String> texts = s.texts("bins");
    List<Double> bins = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      double limit = limit(texts.get(i));
      if (Double.isNaN(limit)) {
        s.problem("bins[" + i + "]", "is not a number; give one, or \"inf\"");
      } else if (!bins.isEmpty() && limit <= bins.get(bins.size() - 1)) {
        s.problem("bins[" + i + "]", "is not above the limit before it; sort them");
      } else {
        bins.add(limit);
      }
    }
    return new Histogram(s.text("metric"), bins);
  }

  private static double limit(String text) {
    if (text.toLowerCase(Locale.ROOT).equals("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      double limit = Double.parseDouble(text);
      return Double.isInfinite(limit) ? Double.NaN : limit;
    } catch (NumberFormatException notNumeric) {
      return Double.NaN;
    }
  }
}
