package io.cadenza.app;

import io.cadenza.accumulate.Accumulator;
import io.cadenza.accumulate.AccumulatorVerticle;
import io.cadenza.accumulate.bins.WithRollup;
import io.cadenza.accumulate.statsd.Holdings;
import io.cadenza.accumulate.statsd.Holdings.Listed;
import io.cadenza.accumulate.statsd.SeriesKind;
import io.cadenza.accumulate.statsd.StatsdAccumulator;
import io.cadenza.accumulate.statsd.StatsdInternals;
import io.cadenza.admin.StatsdAccumulators;
import io.cadenza.admin.StatsdFigures;
import io.cadenza.admin.TimerValues;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the shell asks of the statsd accumulators, over their shards. Any thread. There may be a
 * million keys: they are named and put in order on a thread that may be busy for so long.
 */
final class StatsdShards implements StatsdAccumulators {
  private final Vertx vertx;
  private final Supplier<Map<String, Accumulators.Running>> running;

  /**
   * @param running all accumulators now, by name
   */
  StatsdShards(Vertx vertx, Supplier<Map<String, Accumulators.Running>> running) {
    this.vertx = vertx;
    this.running = running;
  }

  @Override
  public List<String> names() {
    return running.get().entrySet().stream()
        .filter(one -> one.getValue().made().internals().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Asks all shards of an accumulator; each answers on its own thread. */
  private <T> Future<List<T>> ask(String name, Function<Holdings, T> question) {
    Accumulators.Running accumulator = running.get().get(name);
    if (accumulator == null || accumulator.made().internals().isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    List<Future<T>> answers = new ArrayList<>();
    for (AccumulatorVerticle shard : accumulator.shards()) {
      answers.add(shard.ask(state -> question.apply(statsd(state).holdings())));
    }
    return Future.all(answers).map(all -> all.<T>list());
  }

  private static StatsdAccumulator statsd(Accumulator accumulator) {
    return (StatsdAccumulator)
        (accumulator instanceof WithRollup rolled ? rolled.accumulator() : accumulator);
  }

  private StatsdInternals internals(String name) {
    Accumulators.Running accumulator = running.get().get(name);
    return accumulator == null ? null : accumulator.made().internals().orElse(null);
  }

  /** Puts what all shards listed in order, behind what comes first. */
  private <T, V> Future<Map<String, V>> together(
      Map<String, V> first, List<List<Listed<T>>> shards, Function<T, V> shown) {
    return vertx.executeBlocking(
        () -> {
          Map<String, V> sorted = new TreeMap<>();
          for (List<Listed<T>> shard : shards) {
            shard.forEach(one -> sorted.put(one.name(), shown.apply(one.value())));
          }
          Map<String, V> all = new LinkedHashMap<>(first);
          all.putAll(sorted);
          return all;
        },
        false);
  }

  @Override
  public Future<Map<String, Double>> counters(String name) {
    return numbers(name, StatsdInternals::counters, Holdings::counters);
  }

  @Override
  public Future<Map<String, TimerValues>> timers(String name) {
    return ask(name, Holdings::timers)
        .compose(shards -> together(Map.of(), shards, TimerValues::of));
  }

  @Override
  public Future<Map<String, Double>> gauges(String name) {
    return numbers(name, StatsdInternals::gauges, Holdings::gauges);
  }

  /** Its own, then those of all shards. */
  private Future<Map<String, Double>> numbers(
      String name,
      Function<StatsdInternals, Map<String, Double>> ofItself,
      Function<Holdings, List<Listed<Double>>> ofShard) {
    StatsdInternals own = internals(name);
    Map<String, Double> first = own == null ? Map.of() : ofItself.apply(own);
    return ask(name, ofShard)
        .compose(shards -> together(first, shards, Function.<Double>identity()));
  }

  @Override
  public Future<List<List<String>>> delete(String name, Kind kind, List<String> keys) {
    SeriesKind series = SeriesKind.valueOf(kind.name());
    return ask(name, holdings -> keys.stream().map(key -> holdings.delete(series, key)).toList())
        .map(
            shards -> {
              List<List<String>> deleted = new ArrayList<>();
              for (int i = 0; i < keys.size(); i++) {
                int at = i;
                deleted.add(shards.stream().flatMap(s -> s.get(at).stream()).sorted().toList());
              }
              return deleted;
            });
  }

  @Override
  public Future<StatsdFigures> figures(String name) {
    StatsdInternals own = internals(name);
    return Future.succeededFuture(
        own == null
            ? StatsdFigures.NONE
            : new StatsdFigures(
                own.lastMessageMillis() / 1000,
                own.badLinesSeen(),
                own.lastFlushMillis() / 1000,
                0,
                own.flushTime(),
                own.flushLength()));
  }

  @Override
  public List<Record> config(String name) {
    Accumulators.Running accumulator = running.get().get(name);
    if (accumulator == null
        || !(accumulator.spec().kind() instanceof AccumulatorSpec.Statsd statsd)) {
      return List.of();
    }
    return List.of(accumulator.spec().common(), statsd.config().options());
  }
}
