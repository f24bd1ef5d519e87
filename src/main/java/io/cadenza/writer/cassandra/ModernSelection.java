package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Reads some columns of a modern table. */
final class ModernSelection implements PointTable.Selection {
  private final PreparedStatement select;
  private final Buckets buckets;
  private final Column[] columns;

  ModernSelection(
      CqlSession session,
      CassandraConfig config,
      String table,
      Buckets buckets,
      List<Column> columns) {
    this.buckets = buckets;
    this.columns = columns.toArray(Column[]::new);
    String names = String.join(", ", columns.stream().map(Column::word).toList());
    String cql =
        "SELECT ts, "
            + names
            + (" FROM " + table)
            + " WHERE path = ? AND bucket = ? AND ts >= ? AND ts < ?";
    this.select = Cql.prepare(session, cql, config.readConsistency());
  }

  @Override
  public BoundStatement rows(ByteBuffer path, long from, long until) {
    return select
        .boundStatementBuilder()
        .setBytesUnsafe(0, path)
        .setBytesUnsafe(1, Values.of(buckets.at(from)))
        .setBytesUnsafe(2, Values.of(from * ModernPoints.MILLIS))
        .setBytesUnsafe(3, Values.of(until * ModernPoints.MILLIS))
        .build();
  }

  @Override
  public long time(Row row) {
    ByteBuffer millis = row.getBytesUnsafe(0);
    return millis.getLong(millis.position()) / ModernPoints.MILLIS;
  }

  @Override
  public Interval interval(Row row) {
    double[] figures = new double[Column.values().length];
    Arrays.fill(figures, Double.NaN);
    long count = 1;
    for (int i = 0; i < columns.length; i++) {
      ByteBuffer value = row.getBytesUnsafe(i + 1);
      if (columns[i] != Column.CNT) {
        figures[columns[i].ordinal()] = Values.number(value);
      } else if (value != null) {
        count = value.getLong(value.position());
      }
    }
    return new Interval(
        figures[Column.MIN.ordinal()],
        figures[Column.MAX.ordinal()],
        figures[Column.SUM.ordinal()],
        figures[Column.FIRST.ordinal()],
        figures[Column.LAST.ordinal()],
        count);
  }
}
