package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cadenza.store.Aggregate;
import io.cadenza.store.Retention;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The points of one resolution in Cadent's one table of points: its id has the resolution, its time
 * is in nanoseconds, and it knows neither the first nor the last value, for which the mean stands.
 */
final class CadentPoints implements PointTable, PointTable.Selection {
  private static final long NANOS = 1_000_000_000;
  private static final List<String> ID = List.of("path", "resolution");
  private static final List<String> POINT = List.of("max", "mean", "min", "sum", "count");

  private final Retention retention;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final UserType id;
  private final UserType point;
  private final ByteBuffer resolution;

  CadentPoints(CqlSession session, CassandraConfig config, Retention retention) {
    this.retention = retention;
    this.resolution = Values.of(retention.step());
    String table = Cql.table(config.schema(), config.schema().metrics());
    insert =
        Cql.prepare(
            session,
            "INSERT INTO " + table + " (id, time, point) VALUES (?, ?, ?) USING TTL ?",
            config.writeConsistency());
    select =
        Cql.prepare(
            session,
            "SELECT time, point FROM " + table + " WHERE id = ? AND time >= ? AND time < ?",
            config.readConsistency());
    id = new UserType(insert.getVariableDefinitions().get(0).getType(), ID);
    point = new UserType(insert.getVariableDefinitions().get(2).getType(), POINT);
  }

  @Override
  public Retention retention() {
    return retention;
  }

  @Override
  public Buckets buckets() {
    return Buckets.NONE;
  }

  @Override
  public BoundStatement insert(ByteBuffer path, long time, Interval interval, int ttl) {
    return insert
        .boundStatementBuilder()
        .setBytesUnsafe(0, id.value(path, resolution))
        .setBytesUnsafe(1, Values.of(time * NANOS))
        .setBytesUnsafe(2, point(interval))
        .setBytesUnsafe(3, Values.of(ttl))
        .build();
  }

  private ByteBuffer point(Interval interval) {
    return point.value(
        Values.of(interval.max()),
        Values.of(interval.sum() / interval.count()),
        Values.of(interval.min()),
        Values.of(interval.sum()),
        Values.of((int) Math.min(interval.count(), Integer.MAX_VALUE)));
  }

  @Override
  public Selection all() {
    return this;
  }

  @Override
  public Selection of(Aggregate aggregate) {
    return this;
  }

  @Override
  public BoundStatement rows(ByteBuffer path, long from, long until) {
    long end = until > Long.MAX_VALUE / NANOS ? Long.MAX_VALUE : until * NANOS;
    return select
        .boundStatementBuilder()
        .setBytesUnsafe(0, id.value(path, resolution))
        .setBytesUnsafe(1, Values.of(from * NANOS))
        .setBytesUnsafe(2, Values.of(end))
        .build();
  }

  @Override
  public long time(Row row) {
    ByteBuffer nanos = row.getBytesUnsafe(0);
    return Math.floorDiv(nanos.getLong(nanos.position()), NANOS);
  }

  @Override
  public Interval interval(Row row) {
    ByteBuffer[] fields = point.fields(row.getBytesUnsafe(1));
    double mean = Values.number(fields[1]);
    long count = fields[4] == null ? 1 : Math.max(1, fields[4].getInt(0));
    return new Interval(
        Values.number(fields[2]),
        Values.number(fields[0]),
        Values.number(fields[3]),
        mean,
        mean,
        count);
  }
}
