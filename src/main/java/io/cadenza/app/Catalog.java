package io.cadenza.app;

import io.cadenza.accumulate.AccumulatorVerticle;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.bus.AccumulatorState;
import io.cadenza.format.AutoFormat;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.RegexFormat;
import io.cadenza.format.StatsdFormat;
import io.cadenza.line.LineFormat;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.meter.AccumulatorMeters;
import java.time.Clock;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Everything that a configuration may name, and the only place that knows it all: one click leads
 * from a word in the file to its class.
 */
final class Catalog {
  /** What the lines of a listener are; of frames and documents, what they are turned into. */
  private static final Map<String, Function<ListenerConfig, LineFormat>> FORMATS =
      new LinkedHashMap<>();

  static {
    FORMATS.put("graphite", c -> new GraphiteFormat());
    FORMATS.put("statsd", c -> new StatsdFormat());
    FORMATS.put("pickle", c -> new GraphiteFormat());
    FORMATS.put("json", c -> new GraphiteFormat());
    FORMATS.put("regex", c -> new RegexFormat(c.regex(), c.timeLayout(), Clock.systemUTC()));
    FORMATS.put("auto", c -> new AutoFormat());
  }

  private Catalog() {}

  /**
   * What makes an accumulator's shards.
   *
   * @param room what bounds them together
   */
  record Made(AccumulatorVerticle.Maker maker, KeyRoom room) {}

  static Made accumulator(
      AccumulatorSpec spec,
      AccumulatorState state,
      KeyRoom room,
      AccumulatorMeters meters,
      InstantSource steady) {
    throw new IllegalStateException("no kind of accumulator: " + spec.kind());
  }

  static List<String> formats() {
    return List.copyOf(FORMATS.keySet());
  }

  static LineFormat format(ListenerConfig config) {
    return FORMATS.get(config.format()).apply(config);
  }
}
