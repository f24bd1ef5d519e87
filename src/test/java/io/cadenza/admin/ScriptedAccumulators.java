package io.cadenza.admin;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Accumulators that hold what a test says, and answer on another thread. */
final class ScriptedAccumulators implements StatsdAccumulators {
  private final Map<String, Held> all = new LinkedHashMap<>();

  /** What one of them holds. */
  static final class Held {
    final Map<String, Double> counters = new LinkedHashMap<>();
    final Map<String, TimerValues> timers = new LinkedHashMap<>();
    final Map<String, Double> gauges = new LinkedHashMap<>();
    StatsdFigures figures = StatsdFigures.NONE;
    List<Record> config = List.of(new Configured("made up", Duration.ofSeconds(10)));
  }

  record Configured(String note, Duration flushInterval) {}

  /** One more. */
  Held add(String name) {
    return all.computeIfAbsent(name, n -> new Held());
  }

  /** It is no more. */
  void remove(String name) {
    all.remove(name);
  }

  private Held held(String name) {
    return all.getOrDefault(name, new Held());
  }

  private static <T> Future<T> elsewhere(T answer) {
    Promise<T> later = Promise.promise();
    CompletableFuture.runAsync(() -> later.complete(answer));
    return later.future();
  }

  @Override
  public List<String> names() {
    return List.copyOf(all.keySet());
  }

  @Override
  public Future<Map<String, Double>> counters(String name) {
    return elsewhere(new LinkedHashMap<>(held(name).counters));
  }

  @Override
  public Future<Map<String, TimerValues>> timers(String name) {
    return elsewhere(new LinkedHashMap<>(held(name).timers));
  }

  @Override
  public Future<Map<String, Double>> gauges(String name) {
    if (held(name).gauges.containsKey("broken")) {
      throw new IllegalStateException("so it was scripted");
    }
    return elsewhere(new LinkedHashMap<>(held(name).gauges));
  }

  @Override
  public Future<List<List<String>>> delete(String name, Kind kind, List<String> keys) {
    Held held = held(name);
    Map<String, ?> from =
        switch (kind) {
          case COUNTER -> held.counters;
          case TIMER -> held.timers;
          case GAUGE -> held.gauges;
        };
    return elsewhere(keys.stream().map(key -> delete(from, key)).toList());
  }

  private static List<String> delete(Map<String, ?> from, String key) {
    List<String> gone = new ArrayList<>();
    if (from.containsKey(key)) {
      gone.add(key);
    }
    if (key.endsWith(".*") && key.length() > 2) {
      String prefix = key.substring(0, key.length() - 1);
      from.keySet().stream().filter(own -> own.startsWith(prefix)).forEach(gone::add);
    }
    gone.forEach(from::remove);
    return gone;
  }

  @Override
  public Future<StatsdFigures> figures(String name) {
    return elsewhere(held(name).figures);
  }

  @Override
  public List<Record> config(String name) {
    return held(name).config;
  }
}
