package io.cadenza.admin;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** What the shell sees where no statsd accumulator runs. */
final class NoAccumulators implements StatsdAccumulators {
  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public Future<Map<String, Double>> counters(String name) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public Future<Map<String, TimerValues>> timers(String name) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public Future<Map<String, Double>> gauges(String name) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public Future<List<List<String>>> delete(String name, Kind kind, List<String> keys) {
    return Future.succeededFuture(keys.stream().map(key -> List.<String>of()).toList());
  }

  @Override
  public Future<StatsdFigures> figures(String name) {
    return Future.succeededFuture(StatsdFigures.NONE);
  }

  @Override
  public List<Record> config(String name) {
    return List.of();
  }
}
