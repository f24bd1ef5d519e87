package io.cadenza.store;

import io.cadenza.bus.Window;
import io.cadenza.meter.StoreMeters;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Points that are to be written, by series: event loops put them in, the worker of the store takes
 * the series with the most points first, and readers find them until they are written.
 *
 * <p>Any thread may add and read; one thread writes ({@link #take}, {@link #written}, {@link
 * #failed}). Series lie in shards, each with a lock that is held for some points at a time. The
 * bound of points is soft: who adds tells of what it has {@link #took}, now and then.
 */
public final class WriteCache {
  private static final int SHARDS = 16;

  /** Slots that are looked at for series to forget, when one is added beyond the bound. */
  private static final int LOOKS = 8;

  private final Store store;
  private final boolean wide;
  private final List<Retention> steps;
  private final CacheLimits limits;
  private final Window room;
  private final Consumer<byte[]> fresh;
  private final StoreMeters meters;
  private final CacheBatch batch;
  private final long seed = ThreadLocalRandom.current().nextLong();
  private final CacheShard[] shards = new CacheShard[SHARDS];
  private final WriteOrder order = new WriteOrder();

  /**
   * @param fresh given the key of every series that is new here, maybe more than once; soon done
   * @param refusals told of points that the store never takes
   * @param meters the store's; points are counted here
   */
  public WriteCache(
      Store store,
      CacheLimits limits,
      Consumer<byte[]> fresh,
      CacheBatch.Refusals refusals,
      StoreMeters meters) {
    this.store = store;
    this.meters = meters;
    this.wide = store.figures() == Store.Figures.ALL;
    this.steps = store.steps();
    this.limits = limits;
    this.room = new Window(limits.points());
    this.fresh = fresh;
    this.batch = new CacheBatch(wide, refusals);
    Arrays.setAll(shards, i -> new CacheShard());
  }

  /** Its bound, in points: full when no more should be added, which is told when it is over. */
  public Window room() {
    return room;
  }

  /** How many series it remembers. */
  public long series() {
    long all = 0;
    for (CacheShard shard : shards) {
      synchronized (shard) {
        all += shard.count();
      }
    }
    return all;
  }

  /** Takes room for points that were added. */
  public void took(int points) {
    room.take(points);
    meters.pointsIn.add(points);
  }

  /** Whether intervals of all steps are kept, with all figures; else values of the finest. */
  public boolean isWide() {
    return wide;
  }

  /**
   * Adds a point of one value, as a line has it: to the series of the key for a store that rolls up
   * by itself, else to those of all its steps.
   *
   * @return how many more points there are now, of which {@link #took} is to be told
   */
  public int addLine(byte[] bytes, int from, int to, long time, double value) {
    if (NormalKey.isOther(bytes, from, to)) {
      byte[] key = NormalKey.of(bytes, from, to);
      return addNormal(key, 0, key.length, time, value);
    }
    return addNormal(bytes, from, to, time, value);
  }

  private int addNormal(byte[] bytes, int from, int to, long time, double value) {
    if (steps.isEmpty()) {
      return add(bytes, from, to, 0, 0, time, value, false);
    }
    int more = 0;
    for (Retention one : steps) {
      long start = one.startOf(time);
      more += add(bytes, from, to, one.step(), one.seconds(), start, value, true);
    }
    return more;
  }

  private int add(
      byte[] bytes, int from, int to, int step, long ttl, long time, double value, boolean part) {
    int hash = CacheShard.hash(bytes, from, to, step, seed);
    CacheShard shard = shard(hash);
    boolean isNew;
    boolean more;
    CachedSeries series;
    synchronized (shard) {
      series = shard.find(hash, bytes, from, to, step);
      isNew = series == null;
      if (isNew) {
        series = make(shard, hash, bytes, from, to, step, ttl);
      }
      more = shard.waiting(series).add(time, value, part);
    }
    return added(more, isNew, series);
  }

  /**
   * Adds an interval that an accumulator flushed, in place of the same one.
   *
   * @param step of the interval in seconds
   * @param ttl how long it is to be kept, in seconds
   * @return how many more points there are now, of which {@link #took} is to be told
   */
  public int addBin(
      byte[] bytes,
      int from,
      int to,
      int step,
      long ttl,
      long time,
      double min,
      double max,
      double sum,
      long count,
      double first,
      double last) {
    if (NormalKey.isOther(bytes, from, to)) {
      byte[] key = NormalKey.of(bytes, from, to);
      return addNormalBin(key, 0, key.length, step, ttl, time, min, max, sum, count, first, last);
    }
    return addNormalBin(bytes, from, to, step, ttl, time, min, max, sum, count, first, last);
  }

  private int addNormalBin(
      byte[] bytes,
      int from,
      int to,
      int step,
      long ttl,
      long time,
      double min,
      double max,
      double sum,
      long count,
      double first,
      double last) {
    int steps = wide ? step : 0;
    int hash = CacheShard.hash(bytes, from, to, steps, seed);
    CacheShard shard = shard(hash);
    boolean isNew;
    boolean more;
    CachedSeries series;
    synchronized (shard) {
      series = shard.find(hash, bytes, from, to, steps);
      isNew = series == null;
      if (isNew) {
        series = make(shard, hash, bytes, from, to, steps, wide ? ttl : 0);
      }
      more =
          wide
              ? shard.waiting(series).add(time, min, max, sum, first, last, count, false)
              : shard
                  .waiting(series)
                  .add(time, aggregate(series).of(min, max, sum, count, last), false);
    }
    return added(more, isNew, series);
  }

  private Aggregate aggregate(CachedSeries series) {
    if (series.aggregate == null) {
      series.aggregate = store.aggregate(series.key, 0, series.key.length);
    }
    return series.aggregate;
  }

  private int added(boolean more, boolean isNew, CachedSeries series) {
    if (isNew) {
      fresh.accept(series.key);
    }
    if (more) {
      return 1;
    }
    replaced(1);
    return 0;
  }

  private void replaced(int points) {
    if (points > 0) {
      meters.pointsIn.add(points);
      meters.pointsReplaced.add(points);
    }
  }

  private CachedSeries make(
      CacheShard shard, int hash, byte[] bytes, int from, int to, int step, long ttl) {
    if (shard.count() >= limits.series() / SHARDS) {
      shard.forgetIdle(LOOKS);
    }
    CachedSeries series = new CachedSeries(Arrays.copyOfRange(bytes, from, to), hash, step, ttl);
    shard.add(series);
    return series;
  }

  private CacheShard shard(int hash) {
    return shards[hash >>> 28];
  }

  /**
   * What waits or is being written of a series.
   *
   * @param step of the series; 0 in front of a store that rolls up by itself
   * @return null when there is nothing
   */
  CachedPoints points(byte[] key, int step) {
    int hash = CacheShard.hash(key, 0, key.length, step, seed);
    CacheShard shard = shard(hash);
    synchronized (shard) {
      CachedSeries series = shard.find(hash, key, 0, key.length, step);
      return series == null ? null : series.all();
    }
  }

  /** Is told of points that wait. */
  public interface Waiting {
    /**
     * @param time seconds since 1970
     */
    void point(long time, double value);
  }

  /** Tells what waits or is being written of a key, by time: of the finest step, its values. */
  public void waiting(byte[] key, Waiting told) {
    CachedPoints points = points(key, steps.isEmpty() ? 0 : steps.get(0).step());
    Aggregate aggregate = wide ? store.aggregate(key, 0, key.length) : null;
    for (int i = 0; points != null && i < points.count(); i++) {
      double value =
          wide
              ? aggregate.of(
                  points.min(i), points.max(i), points.sum(i), points.valueCount(i), points.last(i))
              : points.sum(i);
      told.point(points.time(i), value);
    }
  }

  /**
   * The next series to be written, those with the most points first. The thread that writes; what
   * it got before has been {@link #written} or has {@link #failed}.
   *
   * @param mostSeries how many at most
   * @param mostPoints how many points there are before no other series is added
   * @return empty at the end of a round: the next call begins another one
   */
  public CacheBatch take(int mostSeries, int mostPoints) {
    batch.clear();
    if (order.isOver()) {
      begin();
    }
    while (!order.isOver() && batch.series() < mostSeries && batch.points() < mostPoints) {
      CachedSeries series = order.next();
      synchronized (shard(series.hash)) {
        series.inFlight = series.waiting;
        series.waiting = null;
        batch.add(series);
      }
    }
    return batch;
  }

  /** Whether a round is over, and nothing that waited when it began is left. */
  public boolean roundIsOver() {
    return order.isOver();
  }

  /**
   * What was taken last has been written, but for what the writer said.
   *
   * @return how many points were
   */
  public long written() {
    long written = 0;
    long free = 0;
    for (int i = 0; i < batch.series(); i++) {
      CachedSeries series = batch.at(i);
      int points = batch.end(i) - batch.first(i);
      synchronized (shard(series.hash)) {
        if (batch.isLater(i)) {
          free += again(series);
        } else {
          series.inFlight = null;
          written += points - batch.lost(i);
          free += points;
        }
      }
    }
    batch.clear();
    meters.pointsWritten.add(written);
    room.giveBack(free);
    return written;
  }

  /**
   * What was taken last, to be written once more: the very same, whatever has come meanwhile, so
   * that a writer that does not know whether it is there can find out.
   */
  public CacheBatch again() {
    batch.again();
    return batch;
  }

  /** What was taken last could not be written, and is not tried again: all of it waits. */
  public void failed() {
    long free = 0;
    for (int i = 0; i < batch.series(); i++) {
      synchronized (shard(batch.at(i).hash)) {
        free += again(batch.at(i));
      }
    }
    batch.clear();
    room.giveBack(free);
  }

  /** What could not be written waits again; some of it may be one with what has come meanwhile. */
  private long again(CachedSeries series) {
    int less = series.giveBack();
    shard(series.hash).list(series);
    meters.pointsReplaced.add(less);
    return less;
  }

  private void begin() {
    order.clear();
    for (CacheShard shard : shards) {
      synchronized (shard) {
        shard.begin(order);
      }
    }
    order.begin(ThreadLocalRandom.current().nextDouble() < limits.lowFruit());
  }

  /** Tells every series that has points, one after the other; for when nobody adds any more. */
  void each(Consumer<CachedSeries> told) {
    for (CacheShard shard : shards) {
      synchronized (shard) {
        shard.each(
            series -> {
              if (!series.isIdle()) {
                told.accept(series);
              }
            });
      }
    }
  }

  /** Adds what a {@link CacheFile} has of a series. */
  void restore(byte[] key, int step, long ttl, CachedPoints points) {
    int hash = CacheShard.hash(key, 0, key.length, step, seed);
    CacheShard shard = shard(hash);
    int more;
    boolean isNew;
    CachedSeries series;
    synchronized (shard) {
      series = shard.find(hash, key, 0, key.length, step);
      isNew = series == null;
      if (isNew) {
        series = make(shard, hash, key, 0, key.length, step, ttl);
      }
      more = shard.waiting(series).addAll(points);
    }
    took(more);
    replaced(points.count() - more);
    if (isNew) {
      fresh.accept(series.key);
    }
  }
}
