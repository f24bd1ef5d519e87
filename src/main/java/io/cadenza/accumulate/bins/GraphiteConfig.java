package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.AccumulatorConfig.Output;
import io.cadenza.config.Settings;

/**
 * A graphite accumulator, as configured.
 *
 * @param common what all accumulators have
 * @param keepKeys whether keys that got nothing are flushed as 0
 * @param output how: with statsd, sums as counters and all others as gauges
 */
public record GraphiteConfig(AccumulatorConfig common, boolean keepKeys, Output output) {
  /** Reads it from a block of {@code accumulate}, beside what is common. */
  public static GraphiteConfig read(AccumulatorConfig common, Settings s) {
    boolean keep = s.has("keep-keys") && s.flag("keep-keys");
    return new GraphiteConfig(common, keep, s.choice("output", Output.class));
  }
}
