package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.cadenza.store.Aggregate;
import io.cadenza.store.Retention;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The modern table of one step. Values are put into statements and taken from rows as bytes:
 * finding a codec for each would cost more than the rest of a row.
 */
final class ModernPoints implements PointTable {
  static final long MILLIS = 1_000;

  private final Retention retention;
  private final Buckets buckets;
  private final PreparedStatement insert;
  private final PreparedStatement insertFor;
  private final int usualTtl;
  private final Selection all;
  private final Map<Aggregate, Selection> ofOne = new EnumMap<>(Aggregate.class);

  ModernPoints(CqlSession session, CassandraConfig config, Retention retention, String name) {
    this.retention = retention;
    this.buckets = Buckets.of(retention.step());
    String table = Cql.table(config.schema(), name);
    String cql =
        "INSERT INTO "
            + table
            + " (path, bucket, ts, sum, min, max, first, last, cnt)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    this.insert = Cql.prepare(session, cql, config.writeConsistency());
    this.insertFor = Cql.prepare(session, cql + " USING TTL ?", config.writeConsistency());
    this.usualTtl = defaultTtl(session, config.schema().keyspace(), name);
    List<Column> every = List.of(Column.values());
    this.all = new ModernSelection(session, config, table, buckets, every);
    for (Aggregate aggregate : Aggregate.values()) {
      List<Column> columns = Column.of(aggregate);
      ofOne.put(aggregate, new ModernSelection(session, config, table, buckets, columns));
    }
  }

  /** That of a table that was there already may differ from what is configured. */
  private static int defaultTtl(CqlSession session, String keyspace, String name) {
    Object seconds =
        session
            .getMetadata()
            .getKeyspace(CqlIdentifier.fromInternal(keyspace))
            .flatMap(found -> found.getTable(CqlIdentifier.fromInternal(name)))
            .map(table -> table.getOptions().get(CqlIdentifier.fromCql("default_time_to_live")))
            .orElse(null);
    return seconds instanceof Number number ? number.intValue() : 0;
  }

  @Override
  public Retention retention() {
    return retention;
  }

  @Override
  public Buckets buckets() {
    return buckets;
  }

  @Override
  public BoundStatement insert(ByteBuffer path, long time, Interval interval, int ttl) {
    double sum = interval.sum();
    ByteBuffer itsSum = Values.of(sum);
    boolean usual = ttl == usualTtl;
    BoundStatementBuilder row = (usual ? insert : insertFor).boundStatementBuilder();
    row.setBytesUnsafe(0, path);
    row.setBytesUnsafe(1, Values.of(buckets.at(time)));
    row.setBytesUnsafe(2, Values.of(time * MILLIS));
    row.setBytesUnsafe(3, itsSum);
    row.setBytesUnsafe(4, Values.of(interval.min(), sum, itsSum));
    row.setBytesUnsafe(5, Values.of(interval.max(), sum, itsSum));
    row.setBytesUnsafe(6, Values.of(interval.first(), sum, itsSum));
    row.setBytesUnsafe(7, Values.of(interval.last(), sum, itsSum));
    row.setBytesUnsafe(8, Values.of(interval.count()));
    if (!usual) {
      row.setBytesUnsafe(9, Values.of(ttl));
    }
    return row.build();
  }

  @Override
  public Selection all() {
    return all;
  }

  @Override
  public Selection of(Aggregate aggregate) {
    return ofOne.get(aggregate);
  }
}
