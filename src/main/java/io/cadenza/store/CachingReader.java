package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a store together with what waits in its cache, which stands in front of what is stored. Any
 * worker thread.
 *
 * <p>The cache is looked at first: a point that is written meanwhile is found twice rather than not
 * at all.
 */
public final class CachingReader implements MetricReader {
  private final Store store;
  private final MetricReader stored;
  private final WriteCache cache;
  private final Unflushed unflushed;
  private final boolean wide;

  /**
   * @param stored the reader of the store; closed with this one
   */
  public CachingReader(Store store, MetricReader stored, WriteCache cache, Unflushed unflushed) {
    this.unflushed = unflushed;
    this.store = store;
    this.stored = stored;
    this.cache = cache;
    this.wide = store.figures() == Store.Figures.ALL;
  }

  @Override
  public Map<String, Fetched> read(Query query) throws Exception {
    Map<String, CachedPoints> waiting = waiting(query);
    boolean columns = query.columns() || wide && !waiting.isEmpty();
    Map<String, Fetched> found =
        new HashMap<>(
            stored.read(
                new Query(query.keys(), query.from(), query.until(), query.now(), columns)));
    waiting.forEach(
        (key, points) -> {
          Fetched there = found.get(key);
          Fetched all = there == null ? nothing(key, query) : there;
          if (wide) {
            putFigures(all, points);
          } else {
            putValues(all, points, stored.retentions(key).get(0).step());
          }
          found.put(key, all);
        });
    return found;
  }

  /** By key: what waits, and what is not even flushed, of the step that is asked for. */
  private Map<String, CachedPoints> waiting(Query query) {
    Map<String, CachedPoints> waiting = new HashMap<>();
    List<byte[]> keys = query.keys().stream().map(key -> key.getBytes(UTF_8)).toList();
    int[] steps = new int[keys.size()];
    for (int i = 0; i < steps.length; i++) {
      String key = query.keys().get(i);
      steps[i] = wide ? step(key, query).step() : 0;
      CachedPoints points = cache.points(keys.get(i), steps[i]);
      if (points != null) {
        waiting.put(key, points);
      }
    }
    unflushed.tell(
        keys,
        (at, step, finest, time, min, max, sum, count, first, last) -> {
          if (wide ? step == steps[at] : finest) {
            String key = query.keys().get(at);
            CachedPoints points = waiting.computeIfAbsent(key, k -> new CachedPoints());
            if (wide) {
              points.add(time, min, max, sum, first, last, count, true);
            } else {
              byte[] b = keys.get(at);
              double value = store.aggregate(b, 0, b.length).of(min, max, sum, count, last);
              points.add(time, value, false);
            }
          }
        });
    return waiting;
  }

  private Retention step(String key, Query query) {
    return Retention.reaching(stored.retentions(key), query.from(), query.now());
  }

  /** What is asked for, with nothing in it. */
  private Fetched nothing(String key, Query query) {
    Intervals intervals = Intervals.of(query, step(key, query));
    byte[] bytes = key.getBytes(UTF_8);
    return new Fetched(
        intervals.start(),
        intervals.step(),
        store.aggregate(bytes, 0, bytes.length),
        Fetched.nothing(intervals.count()),
        wide ? Fetched.Columns.of(intervals.count()) : null);
  }

  /** As carbon and graphite-web do: of each of the finest steps the last point counts. */
  private static void putValues(Fetched into, CachedPoints points, int finest) {
    Combined combined = new Combined(into.aggregate(), into.step() / Math.max(1, finest));
    int place = -1;
    for (int i = 0; i < points.count(); i++) {
      boolean lastOfStep =
          i == points.count() - 1
              || Math.floorDiv(points.time(i + 1), finest) != Math.floorDiv(points.time(i), finest);
      int at = place(into, points.time(i));
      if (at < 0 || !lastOfStep) {
        continue;
      }
      if (at != place) {
        combined.clear();
        place = at;
      }
      combined.add(points.sum(i));
      into.values()[at] = combined.value();
    }
  }

  private static int place(Fetched into, long time) {
    long start = time - Math.floorMod(time, (long) into.step());
    return start < into.start() || start >= into.end()
        ? -1
        : (int) ((start - into.start()) / into.step());
  }

  private static void putFigures(Fetched into, CachedPoints points) {
    Fetched.Columns c = into.columns();
    for (int i = 0; i < points.count(); i++) {
      int at = place(into, points.time(i));
      if (at < 0) {
        continue;
      }
      boolean alone = c.count()[at] == 0 || !points.merges(i);
      c.min()[at] = alone ? points.min(i) : Math.min(c.min()[at], points.min(i));
      c.max()[at] = alone ? points.max(i) : Math.max(c.max()[at], points.max(i));
      c.sum()[at] = points.sum(i) + (alone ? 0 : c.sum()[at]);
      c.first()[at] = alone ? points.first(i) : c.first()[at];
      c.last()[at] = points.last(i);
      c.count()[at] = points.valueCount(i) + (alone ? 0 : c.count()[at]);
      into.values()[at] =
          into.aggregate()
              .of(c.min()[at], c.max()[at], c.sum()[at], (long) c.count()[at], c.last()[at]);
    }
  }

  @Override
  public List<Retention> retentions(String key) {
    return stored.retentions(key);
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }

  /** Values of the finest steps that become one of a coarser. */
  private static final class Combined {
    private final Aggregate aggregate;
    private final int most;
    private double min;
    private double max;
    private double absMin;
    private double absMax;
    private double sum;
    private double last;
    private int count;

    Combined(Aggregate aggregate, int most) {
      this.aggregate = aggregate;
      this.most = most;
    }

    void clear() {
      count = 0;
    }

    void add(double value) {
      boolean first = count++ == 0;
      min = first ? value : Math.min(min, value);
      max = first ? value : Math.max(max, value);
      absMin = first || Math.abs(value) < Math.abs(absMin) ? value : absMin;
      absMax = first || Math.abs(value) > Math.abs(absMax) ? value : absMax;
      sum = value + (first ? 0 : sum);
      last = value;
    }

    double value() {
      return switch (aggregate) {
        case AVERAGE -> sum / count;
        case AVG_ZERO -> sum / Math.max(1, most);
        case SUM -> sum;
        case LAST -> last;
        case MAX -> max;
        case MIN -> min;
        case ABSMAX -> absMax;
        case ABSMIN -> absMin;
      };
    }
  }
}
