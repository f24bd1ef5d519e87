package io.cadenza.writer.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cadenza.store.Aggregate;
import io.cadenza.store.Retention;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SeriesWriteTest {
  private static final byte[] KEY = "a.b".getBytes(UTF_8);
  private static final long NOW = 1_700_000_000;
  private static final int STEP = 10;

  /** A table in memory that may lose a row that is written. */
  private static final class Table implements PointTable, PointTable.Selection {
    private final Map<Long, Interval> stored = new TreeMap<>();
    private final Random random;
    private final List<Long> found = new ArrayList<>();
    private boolean fails;
    private int reads;

    Table(long seed) {
      random = new Random(seed);
    }

    @Override
    public Retention retention() {
      return new Retention(STEP, 604_800);
    }

    @Override
    public Buckets buckets() {
      return Buckets.of(STEP);
    }

    @Override
    public BoundStatement insert(ByteBuffer path, long time, Interval interval, int ttl) {
      if (!fails || random.nextBoolean()) {
        stored.put(time, interval);
      }
      return null;
    }

    @Override
    public Selection all() {
      return this;
    }

    @Override
    public Selection of(Aggregate aggregate) {
      return this;
    }

    /** Is told of all rows at once. */
    @Override
    public BoundStatement rows(ByteBuffer path, long from, long until) {
      reads++;
      assertThat(buckets().at(from)).isEqualTo(buckets().at(until - 1));
      found.clear();
      stored.forEach(
          (time, interval) -> {
            if (time >= from && time < until) {
              found.add(time);
            }
          });
      return null;
    }

    @Override
    public long time(Row row) {
      return found.get(0);
    }

    @Override
    public Interval interval(Row row) {
      return stored.get(found.get(0));
    }

    void read(Gap gap) {
      Reads.Read read = gap.read();
      while (!found.isEmpty()) {
        read.each().accept(null);
        found.remove(0);
      }
    }
  }

  private static Interval value(double value) {
    return new Interval(value, value, value, value, value, 1);
  }

  private static SeriesWrite series(Table table, KnownSeries all) {
    Known known = all.find(KEY, STEP);
    return new SeriesWrite(KEY, table, 604_800, known == null ? new Known() : known);
  }

  /** What {@link BatchWrite} does of one series. */
  private static void write(Table table, KnownSeries all, SeriesWrite series) {
    for (Gap gap : series.gaps(NOW)) {
      table.read(gap);
      gap.isRead();
    }
    series.isKnown();
    series.partitions();
    if (!table.fails) {
      series.written();
      all.remember(KEY, STEP, series.known, NOW);
    } else if (series.merges()) {
      all.rememberBefore(KEY, STEP, series.known, NOW);
    } else {
      all.forget(KEY, STEP);
    }
  }

  private static void write(Table table, KnownSeries all, long time, Interval part) {
    SeriesWrite series = series(table, all);
    series.add(time, part, true);
    write(table, all, series);
  }

  @Test
  void readsOnceAndThenKnowsWhatItWrites() {
    Table table = new Table(0);
    KnownSeries all = new KnownSeries(10);
    for (int i = 0; i < 100; i++) {
      write(table, all, NOW + i / 3 * STEP, value(i));
    }

    assertThat(table.reads).isEqualTo(1);
    assertThat(table.stored.get(NOW + 10)).isEqualTo(new Interval(3, 5, 12, 3, 5, 3));
  }

  @Test
  void readsAgainForWhatIsLate() {
    Table table = new Table(0);
    KnownSeries all = new KnownSeries(10);
    for (int i = 0; i < 10; i++) {
      write(table, all, NOW + i * STEP, value(i));
    }

    write(table, all, NOW + 20, value(7));

    assertThat(table.reads).isEqualTo(2);
    assertThat(table.stored.get(NOW + 20)).isEqualTo(new Interval(2, 7, 9, 2, 7, 2));
  }

  @Test
  void readsTheNextPartitionWhenItsTimeComes() {
    Table table = new Table(0);
    KnownSeries all = new KnownSeries(10);
    long end = table.buckets().endOf(NOW);
    write(table, all, end - STEP, value(1));
    write(table, all, end, value(2));
    write(table, all, end + STEP, value(3));

    assertThat(table.reads).isEqualTo(2);
    assertThat(table.stored).hasSize(3);
  }

  @Test
  void addsUpPointsOfOneInterval() {
    Table table = new Table(0);
    SeriesWrite series = series(table, new KnownSeries(10));
    series.add(NOW, value(1), false);
    series.add(NOW, value(2), true);
    series.add(NOW + 10, value(3), true);
    series.add(NOW + 10, value(4), false);
    write(table, new KnownSeries(10), series);

    assertThat(table.stored)
        .containsEntry(NOW, new Interval(1, 2, 3, 1, 2, 2))
        .containsEntry(NOW + 10, value(4));
  }

  /** What waits in the cache in front of a store: parts, or what stands in place of all before. */
  private record Waiting(Interval interval, boolean merges) {
    Waiting with(Waiting later) {
      return later.merges ? new Waiting(interval.with(later.interval), merges) : later;
    }
  }

  /**
   * Batches fail with any of their rows written, and come again, alone or with what has come
   * meanwhile: in the end every point is there once.
   */
  @Property(tries = 500)
  void countsEveryPointOnce(@ForAll long seed) {
    var random = new Random(seed);
    Table table = new Table(seed);
    KnownSeries all = new KnownSeries(1);
    var expected = new TreeMap<Long, Waiting>();
    var waiting = new TreeMap<Long, Waiting>();
    for (int i = 0; i < 80; i++) {
      for (int more = random.nextInt(3); more >= 0; more--) {
        long time = NOW - 300 + STEP * (random.nextInt(30) + i);
        Waiting point = new Waiting(value(random.nextInt(100)), random.nextInt(10) > 0);
        waiting.merge(time, point, Waiting::with);
        expected.merge(time, point, Waiting::with);
      }
      table.fails = i < 79 && random.nextInt(3) == 0;
      SeriesWrite series = series(table, all);
      waiting.forEach((time, point) -> series.add(time, point.interval, point.merges));
      write(table, all, series);
      if (!table.fails) {
        waiting.clear();
      }
    }

    assertThat(table.stored).hasSameSizeAs(expected);
    expected.forEach((time, point) -> assertThat(table.stored).containsEntry(time, point.interval));
  }
}
