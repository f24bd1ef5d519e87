package io.cadenza.api;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricReader;
import io.cadenza.store.Retention;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store with a point a second for whatever is asked, each 1.0. Reading {@code slow} waits until
 * it is let go, reading {@code broken} fails.
 */
final class SlowStore implements MetricReader {
  static final List<String> NAMES = List.of("slow", "broken", "a.b", "a.c", "a.d");

  final Semaphore gate = new Semaphore(0);
  final AtomicInteger waiting = new AtomicInteger();
  final AtomicInteger read = new AtomicInteger();

  @Override
  public Map<String, Fetched> read(Query query) throws Exception {
    Map<String, Fetched> all = new HashMap<>();
    for (String key : query.keys()) {
      read.incrementAndGet();
      if (key.equals("slow")) {
        waiting.incrementAndGet();
        gate.tryAcquire(20, TimeUnit.SECONDS);
        waiting.decrementAndGet();
      } else if (key.equals("broken")) {
        throw new IllegalStateException("the disk is on fire, and the password is secret");
      }
      double[] values = new double[(int) (query.until() - query.from())];
      java.util.Arrays.fill(values, 1);
      all.put(key, new Fetched(query.from() + 1, 1, Aggregate.AVERAGE, values, null));
    }
    return all;
  }

  @Override
  public List<Retention> retentions(String key) {
    return List.of(new Retention(1, 1_000_000_000));
  }

  @Override
  public void close() {}
}
