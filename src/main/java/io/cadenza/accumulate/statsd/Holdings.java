package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.line.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one shard holds now, for the management shell: looked at, and deleted. On the shard's
 * thread, where lines wait meanwhile: so what is listed is in no order, and its names are made by
 * who reads it, elsewhere.
 */
public final class Holdings {
  private static final String ALL_BELOW = ".*";

  /**
   * What is held of one key.
   *
   * @param key not to be written to
   */
  public record Listed<T>(byte[] key, T value) {
    /** The key as text. Any thread. */
    public String name() {
      return new String(key, UTF_8);
    }
  }

  private final SeriesStore store;

  Holdings(SeriesStore store) {
    this.store = store;
  }

  /** The sums so far. */
  public List<Listed<Double>> counters() {
    return list(SeriesKind.COUNTER, s -> ((CounterSeries) s).sum);
  }

  /** The values. */
  public List<Listed<Double>> gauges() {
    return list(SeriesKind.GAUGE, s -> ((GaugeSeries) s).value);
  }

  /** The samples so far; none of a timer that has but a sketch of them. */
  public List<Listed<double[]>> timers() {
    return list(SeriesKind.TIMER, s -> samples((TimerSeries) s));
  }

  /** How many different texts so far. */
  public List<Listed<Integer>> sets() {
    return list(SeriesKind.SET, s -> ((SetSeries) s).count());
  }

  private static double[] samples(TimerSeries timer) {
    if (timer.sketch() != null) {
      return new double[0];
    }
    double[] samples = new double[(int) timer.count()];
    timer.copy(samples);
    return samples;
  }

  /**
   * Deletes a series, or with {@code prefix.*} all whose keys begin with {@code prefix.}, and
   * answers their keys. What they held is not flushed.
   */
  public List<String> delete(SeriesKind kind, String key) {
    List<Series> found = new ArrayList<>();
    boolean below = key.endsWith(ALL_BELOW) && key.length() > ALL_BELOW.length();
    if (below) {
      byte[] prefix = key.substring(0, key.length() - 1).getBytes(UTF_8);
      each(kind, s -> found.addAll(begins(s.key(), prefix) ? List.of(s) : List.of()));
    } else {
      Series series = store.exact(key.getBytes(UTF_8), kind);
      found.addAll(series != null && series.live ? List.of(series) : List.of());
    }
    found.forEach(store::remove);
    return found.stream().map(s -> new String(s.key(), UTF_8)).sorted().toList();
  }

  private <T> List<Listed<T>> list(SeriesKind kind, Function<Series, T> value) {
    List<Listed<T>> all = new ArrayList<>();
    each(kind, s -> all.add(new Listed<>(s.key(), value.apply(s))));
    return all;
  }

  private void each(SeriesKind kind, Consumer<Series> what) {
    for (int i = store.count() - 1; i >= 0; i--) {
      if (store.at(i) instanceof Series series && series.kind() == kind && series.live) {
        what.accept(series);
      }
    }
  }

  private static boolean begins(byte[] key, byte[] prefix) {
    return Bytes.startsWith(key, 0, key.length, prefix);
  }
}
