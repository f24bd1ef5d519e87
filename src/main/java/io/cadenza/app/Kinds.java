package io.cadenza.app;

import io.cadenza.accumulate.Accumulator;
import io.cadenza.accumulate.AccumulatorConfig.Output;
import io.cadenza.accumulate.AccumulatorVerticle;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.bins.FlushedBins;
import io.cadenza.accumulate.bins.GraphiteAccumulator;
import io.cadenza.accumulate.bins.Rollup;
import io.cadenza.accumulate.bins.RulesAccumulator;
import io.cadenza.accumulate.bins.ValueRoom;
import io.cadenza.accumulate.bins.WithRollup;
import io.cadenza.accumulate.statsd.StatsdAccumulator;
import io.cadenza.accumulate.statsd.StatsdInternals;
import io.cadenza.accumulate.statsd.StatsdShared;
import io.cadenza.bus.AccumulatorState;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.StatsdFormat;
import io.cadenza.line.LineFormat;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import io.cadenza.store.Caches;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Every kind of accumulator that a configuration may name, and how it is made. */
final class Kinds {
  private final Meters meters;
  private final InstantSource wall;
  private final Caches stores;

  /**
   * @param wall the time of day
   * @param stores those that run
   */
  Kinds(Meters meters, InstantSource wall, Caches stores) {
    this.stores = stores;
    this.meters = meters;
    this.wall = wall;
  }

  /**
   * What an accumulator is made of.
   *
   * @param maker makes its shards
   * @param room what bounds them together
   * @param samples bytes of values that its shards keep
   * @param mostSamples the bound of that
   * @param seen is told of what comes in for it
   * @param internals what it tells about itself; only of statsd's
   */
  record Made(
      AccumulatorVerticle.Maker maker,
      KeyRoom room,
      LongSupplier samples,
      long mostSamples,
      AccumulatorState.Seen seen,
      Optional<StatsdInternals> internals) {}

  /**
   * @param shards how many it has
   */
  Made make(AccumulatorSpec spec, int shards, AccumulatorMeters own) {
    if (spec.kind() instanceof AccumulatorSpec.Rules rules) {
      return rules(spec, rules, shards, own);
    }
    if (spec.kind() instanceof AccumulatorSpec.Statsd statsd) {
      return statsd(spec, statsd, shards, own);
    }
    return graphite(spec, (AccumulatorSpec.Graphite) spec.kind(), shards, own);
  }

  private static Made made(
      AccumulatorVerticle.Maker maker, KeyRoom room, LongSupplier samples, long mostSamples) {
    return new Made(
        maker, room, samples, mostSamples, AccumulatorState.Seen.NOBODY, Optional.empty());
  }

  private static Made rules(
      AccumulatorSpec spec, AccumulatorSpec.Rules rules, int shards, AccumulatorMeters own) {
    ValueRoom values = new ValueRoom(ValueRoom.USUAL);
    KeyRoom room = spec.common().room();
    return made(
        (shard, ways, now) ->
            new RulesAccumulator(
                rules.rules(),
                spec.common().onMaxKeys(),
                room,
                values,
                own,
                ways(rules.into(), ways),
                shard,
                shards),
        room,
        values::bytes,
        ValueRoom.USUAL);
  }

  /** One for each rule; those that lead to one pipeline are one. */
  private static List<FlushedLines> ways(List<String> into, AccumulatorVerticle.Ways ways) {
    Map<String, FlushedLines> made = new HashMap<>();
    return into.stream()
        .map(name -> made.computeIfAbsent(name, n -> ways.to(n, new GraphiteFormat())))
        .toList();
  }

  private Made graphite(
      AccumulatorSpec spec, AccumulatorSpec.Graphite kind, int shards, AccumulatorMeters own) {
    Rollups rollups =
        new Rollups(spec.common(), kind.rollup(), kind.guesses(), shards, meters, stores);
    LineFormat format = format(kind);
    KeyRoom room = spec.common().room();
    return made(
        (shard, ways, now) -> {
          Optional<Rollup> rollup = rollups.of(shard, ways, now);
          Accumulator accumulator =
              new GraphiteAccumulator(
                  kind.config(),
                  rollups.guess(),
                  room,
                  own,
                  ways.to(kind.flushed(), format),
                  rollup.isPresent() ? rollup.get() : FlushedBins.NONE,
                  shard,
                  shards);
          return with(accumulator, rollup);
        },
        room,
        () -> 0,
        0);
  }

  private Made statsd(
      AccumulatorSpec spec, AccumulatorSpec.Statsd kind, int shards, AccumulatorMeters own) {
    Rollups rollups = new Rollups(spec.common(), kind.rollup(), List.of(), shards, meters, stores);
    LineFormat format = format(kind);
    StatsdShared shared = new StatsdShared(spec.common(), kind.config(), shards, wall);
    StatsdInternals internals = shared.internals();
    return new Made(
        (shard, ways, now) -> {
          FlushedLines lines = ways.to(kind.flushed(), format);
          Optional<Rollup> rollup = rollups.of(shard, ways, now);
          rollup.ifPresent(coarser -> lines.also(point(coarser)));
          return with(new StatsdAccumulator(shared, shard, lines, own), rollup);
        },
        shared.room(),
        shared::sampleBytes,
        kind.config().exactSamplesMemory(),
        (packets, lines, refused) -> {
          internals.packets(packets, wall.millis());
          internals.metrics(lines + refused);
          internals.badLines(refused);
        },
        Optional.of(internals));
  }

  private static FlushedLines.Also point(Rollup rollup) {
    return (key, from, to, value, seconds) -> rollup.point(key, from, to, seconds, value);
  }

  private static LineFormat format(AccumulatorSpec.Kind kind) {
    return kind.output() == Output.STATSD ? new StatsdFormat() : new GraphiteFormat();
  }

  private static Accumulator with(Accumulator accumulator, Optional<Rollup> rollup) {
    return rollup.isPresent() ? new WithRollup(accumulator, rollup.get()) : accumulator;
  }
}
