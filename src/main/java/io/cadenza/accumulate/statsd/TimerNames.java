package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.accumulate.statsd.NameConfig.Layout;
import io.cadenza.accumulate.statsd.StatsdNames.Around;
import io.cadenza.line.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The names of what is said of timers; null for statistics that are not wanted. Any thread. */
final class TimerNames {
  /** What is said of a part of the values. */
  record OfThreshold(
      Threshold threshold,
      Around count,
      Around mean,
      Around boundary,
      Around sum,
      Around sumSquares) {}

  /** The bins of a histogram. */
  record OfHistogram(byte[] metric, double[] limits, Around[] names) {}

  private static final OfHistogram NO_HISTOGRAM =
      new OfHistogram(new byte[0], new double[0], new Around[0]);

  private final StatsdConfig config;
  private final StatsdNames names;
  private final boolean squares;
  final Around count;
  final Around countPerSecond;
  final Around sum;
  final Around sumSquares;
  final Around mean;
  final Around median;
  final Around std;
  final Around upper;
  final Around lower;

  /** What is flushed, as 0, of a timer without samples. */
  final Around[] idle;

  final OfThreshold[] thresholds;
  private final List<OfHistogram> histograms = new ArrayList<>();

  TimerNames(StatsdConfig config, StatsdNames names) {
    this.config = config;
    this.names = names;
    squares = config.names().layout() == Layout.STATSD;
    count = ofAll("count");
    countPerSecond = ofAll("count_ps");
    sum = ofAll("sum");
    sumSquares = squares ? ofAll("sum_squares") : null;
    mean = ofAll("mean");
    median = ofAll("median");
    std = ofAll("std");
    upper = ofAll("upper");
    lower = ofAll("lower");
    idle = idle();
    thresholds = config.thresholds().stream().map(this::ofPart).toArray(OfThreshold[]::new);
    if (config.flushes("histogram")) {
      config.histograms().forEach(histogram -> histograms.add(ofHistogram(histogram)));
    }
  }

  /** The histogram of a timer; one without bins when it has none. */
  OfHistogram histogram(byte[] key) {
    for (int i = 0; i < histograms.size(); i++) {
      OfHistogram histogram = histograms.get(i);
      if (has(key, histogram.metric)) {
        return histogram;
      }
    }
    return NO_HISTOGRAM;
  }

  private static boolean has(byte[] key, byte[] part) {
    if (part.length == 0) {
      return true;
    }
    int at = Bytes.indexOf(key, 0, key.length, part[0]);
    while (at >= 0 && !Bytes.startsWith(key, at, key.length, part)) {
      at = Bytes.indexOf(key, at + 1, key.length, part[0]);
    }
    return at >= 0;
  }

  private Around[] idle() {
    Stream<Around> said =
        config.names().layout() == Layout.STATSD
            ? Stream.of(count, countPerSecond)
            : Stream.of(count, countPerSecond, lower, upper, sum, mean, std, median);
    return said.filter(Objects::nonNull).toArray(Around[]::new);
  }

  private Around ofAll(String statistic) {
    return config.flushes(statistic) ? names.timer(statistic) : null;
  }

  private OfThreshold ofPart(Threshold threshold) {
    return new OfThreshold(
        threshold,
        ofPart("count", threshold),
        ofPart("mean", threshold),
        ofPart(threshold.boundary(), threshold),
        ofPart("sum", threshold),
        squares ? ofPart("sum_squares", threshold) : null);
  }

  private Around ofPart(String statistic, Threshold threshold) {
    boolean wanted = config.flushes(statistic + "_percent");
    return wanted ? names.timer(statistic + "_" + threshold.name()) : null;
  }

  private OfHistogram ofHistogram(Histogram histogram) {
    double[] limits = histogram.bins().stream().mapToDouble(Double::doubleValue).toArray();
    Around[] all = new Around[limits.length];
    for (int i = 0; i < limits.length; i++) {
      String limit = Double.isInfinite(limits[i]) ? "inf" : Threshold.of(limits[i]).name();
      all[i] = names.timer("histogram.bin_" + limit);
    }
    return new OfHistogram(histogram.metric().getBytes(UTF_8), limits, all);
  }
}
