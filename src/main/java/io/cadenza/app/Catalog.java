package io.cadenza.app;

import io.cadenza.accumulate.Accumulator;
import io.cadenza.accumulate.AccumulatorVerticle;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.bins.FlushedBins;
import io.cadenza.accumulate.bins.GraphiteAccumulator;
import io.cadenza.accumulate.bins.GraphiteConfig;
import io.cadenza.accumulate.bins.Rollup;
import io.cadenza.accumulate.bins.RulesAccumulator;
import io.cadenza.accumulate.bins.ValueRoom;
import io.cadenza.accumulate.bins.WithRollup;
import io.cadenza.bus.AccumulatorState;
import io.cadenza.format.AutoFormat;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.RegexFormat;
import io.cadenza.format.StatsdFormat;
import io.cadenza.line.LineFormat;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
      Meters all,
      InstantSource steady) {
    if (spec.kind() instanceof AccumulatorSpec.Rules rules) {
      return new Made(rules(spec, rules, state, room, meters), room);
    }
    return new Made(
        graphite(spec, (AccumulatorSpec.Graphite) spec.kind(), state, room, meters, all), room);
  }

  private static AccumulatorVerticle.Maker rules(
      AccumulatorSpec spec,
      AccumulatorSpec.Rules rules,
      AccumulatorState state,
      KeyRoom room,
      AccumulatorMeters meters) {
    ValueRoom values = new ValueRoom(ValueRoom.USUAL);
    return (shard, ways, now) -> {
      Map<String, FlushedLines> made = new HashMap<>();
      List<FlushedLines> byRule =
          rules.into().stream()
              .map(into -> made.computeIfAbsent(into, i -> ways.to(i, new GraphiteFormat())))
              .toList();
      return new RulesAccumulator(
          rules.rules(),
          spec.common().onMaxKeys(),
          room,
          values,
          meters,
          byRule,
          shard,
          state.shards());
    };
  }

  private static AccumulatorVerticle.Maker graphite(
      AccumulatorSpec spec,
      AccumulatorSpec.Graphite kind,
      AccumulatorState state,
      KeyRoom room,
      AccumulatorMeters meters,
      Meters all) {
    Rollups rollups = new Rollups(spec.common(), kind.rollup(), state, all);
    LineFormat format =
        kind.config().output() == GraphiteConfig.Output.STATSD
            ? new StatsdFormat()
            : new GraphiteFormat();
    return (shard, ways, now) -> {
      Optional<Rollup> rollup = rollups.of(kind.guesses(), shard, ways, now);
      FlushedBins flushed = rollup.isPresent() ? rollup.get() : FlushedBins.NONE;
      Accumulator made =
          new GraphiteAccumulator(
              kind.config(),
              Rollups.guess(kind.guesses()),
              room,
              meters,
              ways.to(kind.flushed(), format),
              flushed,
              shard,
              state.shards());
      return rollup.isPresent() ? new WithRollup(made, rollup.get()) : made;
    };
  }

  static List<String> formats() {
    return List.copyOf(FORMATS.keySet());
  }

  static LineFormat format(ListenerConfig config) {
    return FORMATS.get(config.format()).apply(config);
  }
}
