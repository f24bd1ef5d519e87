package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What one shard holds now, for the management shell: looked at, and deleted. On the shard's
 * thread; not for the hot path, as it makes texts of all keys.
 */
public final class Holdings {
  private static final String ALL_BELOW = ".*";

  private final SeriesStore store;

  Holdings(SeriesStore store) {
    this.store = store;
  }

  /** The sums so far, by key. */
  public Map<String, Double> counters() {
    Map<String, Double> all = new TreeMap<>();
    each(SeriesKind.COUNTER, s -> all.put(text(s), ((CounterSeries) s).sum));
    return all;
  }

  /** The values, by key. */
  public Map<String, Double> gauges() {
    Map<String, Double> all = new TreeMap<>();
    each(SeriesKind.GAUGE, s -> all.put(text(s), ((GaugeSeries) s).value));
    return all;
  }

  /** The samples so far, by key; none of a timer that has but a sketch of them. */
  public Map<String, double[]> timers() {
    Map<String, double[]> all = new TreeMap<>();
    each(SeriesKind.TIMER, s -> all.put(text(s), samples((TimerSeries) s)));
    return all;
  }

  /** How many different texts so far, by key. */
  public Map<String, Integer> sets() {
    Map<String, Integer> all = new TreeMap<>();
    each(SeriesKind.SET, s -> all.put(text(s), ((SetSeries) s).members.count()));
    return all;
  }

  private static double[] samples(TimerSeries timer) {
    int n = timer.sketch() == null ? (int) timer.count() : 0;
    return Arrays.copyOf(timer.samples(), n);
  }

  /**
   * Deletes a series, or with {@code prefix.*} all whose keys begin with {@code prefix.}, and
   * answers their keys. What they held is not flushed.
   */
  public List<String> delete(SeriesKind kind, String key) {
    List<Series> found = new ArrayList<>();
    boolean below = key.endsWith(ALL_BELOW) && key.length() > ALL_BELOW.length();
    if (below) {
      String prefix = key.substring(0, key.length() - 1);
      each(kind, s -> found.addAll(text(s).startsWith(prefix) ? List.of(s) : List.of()));
    } else {
      Series series = store.exact(key.getBytes(UTF_8), kind);
      found.addAll(series != null && series.live ? List.of(series) : List.of());
    }
    found.forEach(store::remove);
    return found.stream().map(Holdings::text).sorted().toList();
  }

  private void each(SeriesKind kind, Consumer<Series> what) {
    for (int i = store.count() - 1; i >= 0; i--) {
      if (store.at(i) instanceof Series series && series.kind == kind && series.live) {
        what.accept(series);
      }
    }
  }

  private static String text(Series series) {
    return new String(series.key(), UTF_8);
  }
}
