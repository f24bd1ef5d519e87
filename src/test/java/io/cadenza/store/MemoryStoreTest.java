package io.cadenza.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
  private final Store store = store(1_000_000);

  private static MemoryStore store(int maxPoints) {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(NOW));
    return new MemoryStore(new MemoryConfig(RETENTIONS, maxPoints, 1_000), clock);
  }

  @Override
  protected Store open() {
    return store;
  }

  @Override
  protected boolean outlivesProcess() {
    return false;
  }

  @Test
  void goesOnWithTheNewestPointsOfKnownSeriesWhenItIsFull() throws Exception {
    MemoryStore small = store(4);
    write(small, new TestBatch().of("a", 10).value(NOW - 40, 1).value(NOW - 30, 2));
    write(small, new TestBatch().of("b", 10).value(NOW - 40, 1).value(NOW - 30, 2));

    Told told =
        write(
            small,
            new TestBatch()
                .of("a", 10)
                .value(NOW - 50, 0)
                .value(NOW - 30, 3)
                .value(NOW - 20, 4)
                .of("c", 10)
                .value(NOW - 20, 5));

    assertThat(stored(small, "a", 10)).extracting(Row::sum).containsExactly(3.0, 4.0);
    assertThat(stored(small, "b", 10)).hasSize(2);
    assertThat(stored(small, "c", 10)).isEmpty();
    assertThat(told.points()).containsOnly(Map.entry("store-full", 2));
    assertThat(small.points()).isEqualTo(4);
  }

  @Test
  void forgetsPointsThatAreKeptNoLonger() throws Exception {
    var now = new long[] {NOW};
    InstantSource clock = () -> Instant.ofEpochSecond(now[0]);
    MemoryStore small =
        new MemoryStore(new MemoryConfig(List.of(new Retention(10, 60)), 100, 10), clock);
    write(small, new TestBatch().of("a", 10).value(NOW - 50, 1).value(NOW - 10, 2));
    now[0] += 40;

    Told told = write(small, new TestBatch().of("a", 10).value(NOW - 30, 9).value(NOW, 3));

    assertThat(told.points()).containsOnly(Map.entry("too-old", 1));
    assertThat(small.points()).isEqualTo(2);
  }

  @Test
  void refusesStepsThatItDoesNotHave() throws Exception {
    Told told = write(store, new TestBatch().of(key("a"), 30).value(NOW - 30, 1));

    assertThat(told.refused()).containsOnly(Map.entry(0, "no-such-step"));
  }

  @Test
  void keepsAsManyNamesAsItMay() throws Exception {
    Store small = new MemoryStore(new MemoryConfig(RETENTIONS, 10, 2), InstantSource.system());
    try (MetricIndex index = small.index()) {
      index.add(List.of(new byte[] {'a'}, new byte[] {'b'}, new byte[] {'c'}));
      int[] names = new int[1];
      index.load(name -> names[0]++);

      assertThat(names[0]).isEqualTo(2);
    }
  }

  /** Columns are moved to the front, grown, and opened in the middle. */
  @Test
  void agreesWithASortedMapWhateverTheOrder() throws Exception {
    var random = new Random(7);
    var expected = new TreeMap<Long, Double>();
    for (int round = 0; round < 400; round++) {
      long time = NOW - 10L * (1 + random.nextInt(2_000));
      expected.merge(time, (double) round, Double::sum);
      write(store, new TestBatch().of("s.sum", 10).part(time, 0, 0, round, 0, 0, 1));
    }

    assertThat(stored(store, "s.sum", 10))
        .extracting(Row::time, Row::sum)
        .containsExactlyElementsOf(
            expected.entrySet().stream()
                .map(entry -> tuple(entry.getKey(), entry.getValue()))
                .toList());
  }
}
