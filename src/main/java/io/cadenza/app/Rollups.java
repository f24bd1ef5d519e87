package io.cadenza.app;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.AccumulatorVerticle;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.bins.Guess;
import io.cadenza.accumulate.bins.PointSink;
import io.cadenza.accumulate.bins.Rollup;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import io.cadenza.route.KeyMatcher;
import io.cadenza.store.Caches;
import java.util.List;
import java.util.Optional;

/** Makes the rollups of the shards of one accumulator. */
final class Rollups {
  private final AccumulatorConfig common;
  private final AccumulatorSpec.Coarser config;
  private final List<AccumulatorSpec.Guessing> guesses;
  private final int shards;
  private final KeyRoom room;
  private final AccumulatorMeters meters;
  private final Meters all;
  private final Caches stores;

  Rollups(
      AccumulatorConfig common,
      AccumulatorSpec.Coarser config,
      List<AccumulatorSpec.Guessing> guesses,
      int shards,
      Meters meters,
      Caches stores) {
    this.common = common;
    this.config = config;
    this.guesses = guesses;
    this.shards = shards;
    this.room = common.room();
    this.all = meters;
    this.stores = stores;
    this.meters =
        config.wanted() ? new AccumulatorMeters(meters, common.name() + ":rollups") : null;
  }

  /** That of a shard; none where nobody wants coarser bins. On the shard's thread. */
  Optional<Rollup> of(int shard, AccumulatorVerticle.Ways ways, long nowMillis) {
    if (!config.wanted()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rollup(
            config.times(),
            guess(),
            common.onMaxKeys(),
            room,
            meters,
            lines(ways),
            points(),
            shard,
            shards,
            nowMillis));
  }

  /** What takes the lines of coarser bins. */
  private FlushedLines lines(AccumulatorVerticle.Ways ways) {
    return config.into().isEmpty()
        ? new FlushedLines(new GraphiteFormat(), common.name(), batch -> true)
        : ways.to(config.into(), new GraphiteFormat());
  }

  private PointSink points() {
    return config.stores().isEmpty()
        ? PointSink.NONE
        : new StorePoints(config.stores(), config.times().get(0).seconds(), stores, all);
  }

  /** Which value of a bin is flushed. For one thread. */
  Guess guess() {
    return new Guess(
        guesses.stream()
            .map(rule -> new Guess.Rule(new KeyMatcher(rule.match())::matches, rule.function()))
            .toList());
  }
}
