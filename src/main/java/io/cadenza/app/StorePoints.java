package io.cadenza.app;

import io.cadenza.accumulate.bins.PointSink;
import io.cadenza.meter.Meters;
import io.cadenza.meter.StoreMeters;
import io.cadenza.store.Caches;
import io.cadenza.store.WriteCache;
import java.util.List;

/**
 * Puts what a shard of an accumulator flushes into the caches of stores. Nobody can be slowed down
 * here: while a cache is full, points are dropped and counted. For the shard's thread.
 */
final class StorePoints implements PointSink {
  private final Caches caches;
  private final long finest;
  private final List<To> stores;

  /** One of the stores. */
  private record To(String name, StoreMeters meters) {}

  /**
   * @param stores their names
   * @param finest the step of the finest points, in seconds: stores that roll up by themselves get
   *     those only
   */
  StorePoints(List<String> stores, long finest, Caches caches, Meters meters) {
    this.caches = caches;
    this.finest = finest;
    this.stores = stores.stream().map(s -> new To(s, new StoreMeters(meters, s))).toList();
  }

  @Override
  public void point(
      byte[] key,
      int from,
      int to,
      long resolutionSeconds,
      long ttlSeconds,
      long time,
      double min,
      double max,
      double sum,
      long count,
      double first,
      double last) {
    for (To store : stores) {
      WriteCache cache = caches.of(store.name).orElse(null);
      if (cache == null || cache.room().full()) {
        store.meters.pointsIn.increment();
        store.meters.dropped(cache == null ? "no-store" : "cache-full").increment();
      } else if (cache.isWide() || resolutionSeconds == finest) {
        int step = (int) resolutionSeconds;
        cache.took(
            cache.addBin(key, from, to, step, ttlSeconds, time, min, max, sum, count, first, last));
      }
    }
  }
}
