package io.cadenza.writer.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Fetched;
import io.cadenza.store.Filling;
import io.cadenza.store.GuessTable;
import io.cadenza.store.Intervals;
import io.cadenza.store.MetricReader;
import io.cadenza.store.Retention;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads points, of many series at once: one request for each partition. Any worker thread. */
final class CassandraReader implements MetricReader {
  private final Connection connection;
  private final CassandraConfig config;
  private final AtomicBoolean closed = new AtomicBoolean();

  CassandraReader(Connection connection, CassandraConfig config) {
    this.connection = connection;
    this.config = config;
    connection.join();
  }

  @Override
  public Map<String, Fetched> read(Query query) throws Exception {
    if (closed.get()) {
      throw new IOException("closed");
    }
    Tables tables = connection.tables();
    Retention retention = Retention.reaching(config.retentions(), query.from(), query.now());
    PointTable table = tables.withStep(retention.step());
    Intervals wanted = Intervals.of(query, retention);
    List<SeriesRead> all = new ArrayList<>();
    for (String key : new HashSet<>(query.keys())) {
      if (!key.isEmpty() && key.indexOf(0) < 0) {
        all.add(new SeriesRead(key, wanted, query.columns()));
      }
    }
    try {
      new Reads(tables.session(), config.readsInFlight(), config.cluster().timeout())
          .run(all.stream().flatMap(one -> one.reads(table).stream()).iterator());
    } catch (IOException e) {
      connection.doubt(tables, e);
      throw e;
    }
    Map<String, Fetched> found = new HashMap<>();
    all.forEach(one -> one.found(found));
    return found;
  }

  @Override
  public List<Retention> retentions(String key) {
    return config.retentions();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      connection.leave();
    }
  }

  /** What is read of one series. */
  private static final class SeriesRead {
    private final String key;
    private final byte[] bytes;
    private final Intervals wanted;
    private final boolean columns;
    private final Aggregate aggregate;

    /** Null before the first row: a series that is not there takes no room. */
    private Filling filling;

    SeriesRead(String key, Intervals wanted, boolean columns) {
      this.key = key;
      this.bytes = key.getBytes(UTF_8);
      this.wanted = wanted;
      this.columns = columns;
      this.aggregate = GuessTable.method(bytes);
    }

    /** One for each partition. */
    List<Reads.Read> reads(PointTable table) {
      PointTable.Selection rows = columns ? table.all() : table.of(aggregate);
      ByteBuffer path = ByteBuffer.wrap(bytes);
      List<Reads.Read> reads = new ArrayList<>(1);
      long from = wanted.start();
      while (from < wanted.end()) {
        long until = Math.min(table.buckets().endOf(from), wanted.end());
        reads.add(
            new Reads.Read(
                rows.rows(path, from, until), row -> put(rows.time(row), rows.interval(row))));
        from = until;
      }
      return reads;
    }

    private void put(long time, Interval one) {
      if (filling == null) {
        filling = new Filling(wanted, aggregate, columns);
      }
      filling.put(time, one.min(), one.max(), one.sum(), one.first(), one.last(), one.count());
    }

    void found(Map<String, Fetched> into) {
      if (filling != null) {
        filling.fetched().ifPresent(fetched -> into.put(key, fetched));
      }
    }
  }
}
