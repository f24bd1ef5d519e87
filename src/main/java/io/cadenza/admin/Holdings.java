package io.cadenza.admin;

import io.cadenza.admin.StatsdAccumulators.Kind;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * What some statsd accumulators hold, as if they were one: sums and values of one key are put
 * together, of gauges the last accumulator's counts.
 *
 * @param names which of them
 */
record Holdings(StatsdAccumulators all, List<String> names) {

  Future<Map<String, Double>> counters() {
    return merged(all::counters, Double::sum);
  }

  Future<Map<String, TimerValues>> timers() {
    return merged(all::timers, TimerValues::and);
  }

  Future<Map<String, Double>> gauges() {
    return merged(all::gauges, (one, other) -> other);
  }

  Future<StatsdFigures> figures() {
    return each(all::figures)
        .map(figures -> figures.stream().reduce(StatsdFigures.NONE, StatsdFigures::and));
  }

  /** For each of these keys what was deleted. */
  Future<List<Set<String>>> delete(Kind kind, List<String> keys) {
    return each(name -> all.delete(name, kind, keys))
        .map(
            deleted -> {
              List<Set<String>> together = new ArrayList<>();
              for (int i = 0; i < keys.size(); i++) {
                Set<String> gone = new LinkedHashSet<>();
                for (List<List<String>> own : deleted) {
                  gone.addAll(own.get(i));
                }
                together.add(gone);
              }
              return together;
            });
  }

  private <T> Future<Map<String, T>> merged(
      Function<String, Future<Map<String, T>>> ask, BinaryOperator<T> both) {
    if (names.size() == 1) {
      return ask.apply(names.get(0));
    }
    return each(ask)
        .map(
            maps -> {
              Map<String, T> together = new LinkedHashMap<>();
              for (Map<String, T> map : maps) {
                map.forEach((key, value) -> together.merge(key, value, both));
              }
              return together;
            });
  }

  private <T> Future<List<T>> each(Function<String, Future<T>> ask) {
    List<Future<T>> answers = names.stream().map(ask).toList();
    return answers.isEmpty()
        ? Future.succeededFuture(List.of())
        : Future.all(answers).map(done -> answers.stream().map(Future::result).toList());
  }
}
