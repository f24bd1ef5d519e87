package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.AccumulatorConfig.Output;
import io.cadenza.accumulate.statsd.NameConfig.Layout;
import io.cadenza.accumulate.statsd.StatsdConfig.TagStyle;
import java.util.List;
import java.util.TreeSet;

/** What is configured of an accumulator, by the keys of the configuration: for people. */
public record StatsdOptions(
    Layout layout,
    Output output,
    TagStyle tags,
    List<Double> percentiles,
    List<String> histogram,
    List<String> calculatedTimerMetrics,
    boolean flushCounts,
    boolean deleteCounters,
    boolean deleteTimers,
    boolean deleteSets,
    boolean deleteGauges,
    int gaugesMaxTtl,
    boolean keyNameSanitize,
    boolean internalMetrics,
    String prefixStats,
    boolean legacyNamespace,
    String globalPrefix,
    String globalSuffix,
    String prefixCounter,
    String prefixTimer,
    String prefixGauge,
    String prefixSet,
    int exactSamples,
    long exactSamplesMemory) {

  static StatsdOptions of(StatsdConfig c) {
    NameConfig names = c.names();
    Lifetimes lifetimes = c.lifetimes();
    return new StatsdOptions(
        names.layout(),
        c.output(),
        c.tags(),
        c.thresholds().stream().map(Threshold::percent).toList(),
        c.histograms().stream().map(h -> "\"" + h.metric() + "\" " + h.bins()).toList(),
        c.statistics() == null ? List.of() : List.copyOf(new TreeSet<>(c.statistics())),
        c.flushCounts(),
        lifetimes.deletes(SeriesKind.COUNTER),
        lifetimes.deletes(SeriesKind.TIMER),
        lifetimes.deletes(SeriesKind.SET),
        lifetimes.deletes(SeriesKind.GAUGE),
        lifetimes.gaugeFlushes(),
        c.clean(),
        c.internalMetrics(),
        names.stats(),
        names.legacy(),
        names.global(),
        names.suffix(),
        names.counter(),
        names.timer(),
        names.gauge(),
        names.set(),
        c.exactSamples(),
        c.exactSamplesMemory());
  }
}
