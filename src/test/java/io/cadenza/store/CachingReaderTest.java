package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.meter.Meters;
import io.cadenza.meter.StoreMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CachingReaderTest {
  private static final long NOW = 1_000_000;
  private static final List<Retention> STEPS =
      List.of(new Retention(10, 3600), new Retention(60, 86_400));

  private final MemoryStore store =
      new MemoryStore(
          new MemoryConfig(STEPS, 10_000, 100), InstantSource.fixed(Instant.ofEpochSecond(NOW)));

  private static WriteCache cache(Store store) {
    StoreMeters meters = new StoreMeters(new Meters(new SimpleMeterRegistry()), "s");
    CacheLimits limits = new CacheLimits(1000, 100, 0);
    return new WriteCache(store, limits, key -> {}, (key, count, reason) -> {}, meters);
  }

  private static void line(WriteCache cache, String key, long time, double value) {
    byte[] bytes = key.getBytes(UTF_8);
    cache.took(cache.addLine(bytes, 0, bytes.length, time, value));
  }

  private void write(WriteCache cache) throws Exception {
    MetricWriter writer = store.writer();
    CacheBatch batch = cache.take(100, 1000);
    writer.write(batch, batch);
    cache.written();
  }

  private static MetricReader.Query query(long from, long until, String... keys) {
    return new MetricReader.Query(List.of(keys), from, until, NOW, false);
  }

  @Test
  void mergesWhatWaitsWithWhatIsStored() throws Exception {
    WriteCache cache = cache(store);
    line(cache, "a.sum", NOW - 100, 1);
    line(cache, "a.sum", NOW - 80, 2);
    write(cache);
    line(cache, "a.sum", NOW - 80, 5);
    line(cache, "a.sum", NOW - 60, 7);

    Fetched found =
        new CachingReader(store, store.reader().orElseThrow(), cache, Unflushed.NONE)
            .read(query(NOW - 110, NOW - 50, "a.sum", "nobody"))
            .get("a.sum");

    assertThat(found.start()).isEqualTo(NOW - 100);
    assertThat(found.values()).containsExactly(1, Double.NaN, 7, Double.NaN, 7, Double.NaN);
  }

  @Test
  void findsWhatIsNotStoredYetAtAll() throws Exception {
    WriteCache cache = cache(store);
    line(cache, "a.max", NOW - 20, 3);
    line(cache, "a.max", NOW - 15, 9);

    Map<String, Fetched> found =
        new CachingReader(store, store.reader().orElseThrow(), cache, Unflushed.NONE)
            .read(query(NOW - 7200, NOW, "a.max", "nobody"));

    assertThat(found).containsOnlyKeys("a.max");
    Fetched one = found.get("a.max");
    assertThat(one.step()).isEqualTo(60);
    assertThat(one.values()).contains(9).hasSize(120);
  }

  /** A store that has only values, and rolls up by itself. */
  private record Values(Fetched stored) implements Store, MetricReader {
    @Override
    public Figures figures() {
      return Figures.VALUE;
    }

    @Override
    public Aggregate aggregate(byte[] key, int from, int to) {
      return GuessTable.method(key, from, to);
    }

    @Override
    public MetricWriter writer() {
      throw new AssertionError();
    }

    @Override
    public MetricIndex index() {
      return MetricIndex.NONE;
    }

    @Override
    public Optional<MetricReader> reader() {
      return Optional.of(this);
    }

    @Override
    public Map<String, Fetched> read(Query query) {
      return Map.of("a.sum", stored);
    }

    @Override
    public List<Retention> retentions(String key) {
      return STEPS;
    }

    @Override
    public void close() {}
  }

  @Test
  void theLastPointOfEachFinestStepCountsIntoACoarserOne() throws Exception {
    Fetched stored = new Fetched(999_960, 60, Aggregate.SUM, new double[] {100, 200}, null);
    Values values = new Values(stored);
    WriteCache cache = cache(values);
    line(cache, "a.sum", 999_961, 1);
    line(cache, "a.sum", 999_965, 2);
    line(cache, "a.sum", 999_971, 4);

    Fetched found =
        new CachingReader(values, values, cache, Unflushed.NONE)
            .read(query(999_900, 1_000_020, "a.sum"))
            .get("a.sum");

    assertThat(found.values()).containsExactly(6, 200);
  }

  @Test
  void findsWhatIsNotFlushedYet() throws Exception {
    WriteCache cache = cache(store);
    line(cache, "a.sum", NOW - 20, 3);
    Unflushed open =
        (keys, told) -> {
          told.point(0, 10, true, NOW - 20, 1, 1, 1, 1, 1, 1);
          told.point(0, 10, true, NOW - 10, 2, 3, 5, 2, 2, 3);
          told.point(0, 60, false, NOW - 40, 100, 100, 100, 1, 100, 100);
        };

    Fetched found =
        new CachingReader(store, store.reader().orElseThrow(), cache, open)
            .read(query(NOW - 30, NOW - 5, "a.sum"))
            .get("a.sum");

    assertThat(found.values()).containsExactly(4, 5);
  }
}
