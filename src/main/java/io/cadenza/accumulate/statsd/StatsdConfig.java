package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.AccumulatorConfig.Output;
import io.cadenza.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is particular to a statsd accumulator, as configured: {@code accumulate} of a pipeline.
 *
 * @param output what is flushed
 * @param tags what becomes of tags
 * @param clean whether tags are cleaned as names are
 * @param statistics the statistics of timers that are flushed; null for all
 * @param flushCounts whether sums of counters are flushed beside their rates
 * @param internalMetrics whether it tells about itself
 * @param exactSamples values that one timer keeps in one interval
 * @param exactSamplesMemory bytes of such values that all timers keep
 */
public record StatsdConfig(
    Output output,
    TagStyle tags,
    boolean clean,
    List<Threshold> thresholds,
    List<Histogram> histograms,
    Set<String> statistics,
    boolean flushCounts,
    boolean internalMetrics,
    Lifetimes lifetimes,
    NameConfig names,
    int exactSamples,
    long exactSamplesMemory) {

  /** What becomes of tags. */
  public enum TagStyle {
    /** {@code name;key=value}, sorted. */
    GRAPHITE,
    /** {@code name.key_value}, sorted. */
    FLAT,
    /** They are dropped. */
    DROP
  }

  private static final double USUAL_PERCENTILE = 90;

  private static final List<String> OF_ALL =
      List.of(
          "count",
          "count_ps",
          "sum",
          "sum_squares",
          "mean",
          "median",
          "std",
          "upper",
          "lower",
          "histogram");
  private static final List<String> OF_A_PERCENTILE =
      List.of(
          "count_percent",
          "mean_percent",
          "upper_percent",
          "lower_percent",
          "sum_percent",
          "sum_squares_percent");

  /**
   * Reads what is statsd's.
   *
   * @param s the block, over {@code defaults.accumulate}
   * @param defaults the block {@code defaults}
   */
  public static StatsdConfig read(Settings s, Settings defaults) {
    NameConfig names = NameConfig.read(s);
    return new StatsdConfig(
        s.choice("output", Output.class),
        s.choice("tags", TagStyle.class),
        s.flag("key-name-sanitize"),
        thresholds(s, names.layout()),
        s.list("histogram").stream()
            .map(block -> Histogram.read(block.withDefaults(defaults.block("histogram"))))
            .toList(),
        s.has("calculated-timer-metrics") ? statistics(s) : null,
        s.flag("flush-counts"),
        s.flag("internal-metrics"),
        Lifetimes.read(s, names.layout()),
        names,
        s.count("exact-samples", 1, 100_000_000),
        s.bytes("exact-samples-memory", 0, 1L << 40));
  }

  /** What it says, by the keys of the configuration: for people. */
  public StatsdOptions options() {
    return StatsdOptions.of(this);
  }

  /** A list, or one number; one that is 0 is node's way to say that none is given. */
  private static List<Threshold> thresholds(Settings s, NameConfig.Layout layout) {
    boolean one = s.isText("percentiles");
    List<String> texts = one ? List.of(s.text("percentiles")) : s.texts("percentiles");
    List<Threshold> thresholds = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < texts.size(); i++) {
      String where = one ? "percentiles" : "percentiles[" + i + "]";
      double number = number(texts.get(i));
      if (!(Math.abs(number) <= 100)) {
        s.problem(where, "is not a number from -100 to 100; give one");
        continue;
      }
      double percent = one && number == 0 ? USUAL_PERCENTILE : number;
      boolean cadent = layout == NameConfig.Layout.CADENT;
      Threshold threshold = cadent ? Threshold.cadent(percent) : Threshold.of(percent);
      if (names.add(threshold.name())) {
        thresholds.add(threshold);
      } else {
        s.problem(where, "is there twice; leave one of the two out");
      }
    }
    return List.copyOf(thresholds);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notNumeric) {
      return Double.NaN;
    }
  }

  private static Set<String> statistics(Settings s) {
    List<String> words = new ArrayList<>(OF_ALL);
    words.addAll(OF_A_PERCENTILE);
    return Set.copyOf(s.texts("calculated-timer-metrics", words.toArray(String[]::new)));
  }

  /** Is the statistic flushed? Those of percentiles as {@code upper_percent}. */
  boolean flushes(String statistic) {
    return statistics == null || statistics.contains(statistic);
  }
}
