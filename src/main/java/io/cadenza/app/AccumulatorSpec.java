package io.cadenza.app;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.AccumulatorConfig.Output;
import io.cadenza.accumulate.bins.Function;
import io.cadenza.accumulate.bins.GraphiteConfig;
import io.cadenza.accumulate.bins.Resolution;
import io.cadenza.accumulate.bins.RuleConfig;
import io.cadenza.accumulate.statsd.StatsdConfig;
import io.cadenza.route.MatcherConfig;
import io.cadenza.spool.FolderName;
import java.util.List;
import java.util.Optional;

/**
 * One accumulator, as configured: what all have, and what its kind has.
 *
 * @param common what all have, its name too
 * @param kind what it is
 */
record AccumulatorSpec(AccumulatorConfig common, Kind kind) {
  /** What an accumulator is. */
  sealed interface Kind {
    /** How what it flushes is written. */
    Output output();

    /** Its coarser bins, where it may have some. */
    default Optional<Coarser> coarser() {
      return Optional.empty();
    }
  }

  /**
   * The aggregation rules of a pipeline.
   *
   * @param rules in the order of the pipeline's
   * @param into by rule: the pipeline that gets what it gives
   */
  record Rules(List<RuleConfig> rules, List<String> into) implements Kind {
    @Override
    public Output output() {
      return Output.GRAPHITE;
    }
  }

  /**
   * Graphite's lines.
   *
   * @param config its own keys
   * @param guesses which value is flushed, by key
   * @param flushed where its lines go
   * @param rollup its coarser bins
   */
  record Graphite(GraphiteConfig config, List<Guessing> guesses, String flushed, Coarser rollup)
      implements Kind {
    @Override
    public Optional<Coarser> coarser() {
      return Optional.of(rollup);
    }

    @Override
    public Output output() {
      return config.output();
    }
  }

  /**
   * Statsd's lines.
   *
   * @param config its own keys
   * @param flushed where its lines go
   * @param rollup its coarser bins
   */
  record Statsd(StatsdConfig config, String flushed, Coarser rollup) implements Kind {
    @Override
    public Optional<Coarser> coarser() {
      return Optional.of(rollup);
    }

    @Override
    public Output output() {
      return config.output();
    }
  }

  /**
   * Which value is flushed for some keys.
   *
   * @param match which keys
   * @param function which value
   */
  record Guessing(MatcherConfig match, Function function) {}

  /**
   * Coarser bins.
   *
   * @param times the flush interval, then the coarser ones
   * @param into the pipeline that gets their lines; empty where nobody wants them
   * @param stores that get the points of all bins
   */
  record Coarser(List<Resolution> times, String into, List<String> stores) {
    /** Whether there is anybody whom they are for. */
    boolean wanted() {
      return times.size() > 1 && !into.isEmpty() || !stores.isEmpty();
    }
  }

  String name() {
    return common.name();
  }

  /** Whether names that differ in what node statsd cleans away are one. */
  boolean cleansNames() {
    return kind instanceof Statsd;
  }

  /** The stores that get its points. */
  List<String> stores() {
    return kind.coarser().map(Coarser::stores).orElse(List.of());
  }

  /** Where under the folder of all it leaves what is open. */
  String folder() {
    return FolderName.of(name());
  }

  /** Whether it can take what another of its name has open. */
  boolean goesOnWith(AccumulatorSpec before) {
    return kind.getClass() == before.kind.getClass();
  }
}
