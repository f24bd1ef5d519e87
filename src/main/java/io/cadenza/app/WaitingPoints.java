package io.cadenza.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.api.cache.Cached;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** What waits in the caches of some stores, for cache queries. */
final class WaitingPoints implements Cached {
  private final Supplier<List<Stores.Running>> stores;

  /**
   * @param stores those that run; any thread
   */
  WaitingPoints(Supplier<List<Stores.Running>> stores) {
    this.stores = stores;
  }

  @Override
  public List<Point> of(String metric) {
    byte[] key = metric.getBytes(UTF_8);
    List<Point> all = new ArrayList<>();
    for (Stores.Running store : stores.get()) {
      store.cache().waiting(key, (time, value) -> all.add(new Point(time, value)));
    }
    all.sort(Comparator.comparingLong(Point::time));
    return all;
  }
}
