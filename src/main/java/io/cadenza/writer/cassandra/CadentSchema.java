package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cadenza.store.Retention;
import java.util.List;

/**
 * Cadent's tables, as today's Cassandra takes them: TimeWindowCompactionStrategy in place of the
 * DateTiered one that is gone, no read repair chances, and no COMPACT STORAGE, which has saved
 * nothing since 3.0 and stands in the way of changes. A table that Cadent made is used as it is.
 */
final class CadentSchema implements Schema {
  private static final long GC_GRACE = 864_000;

  private final CassandraConfig config;
  private final SchemaConfig schema;

  CadentSchema(CassandraConfig config) {
    this.config = config;
    this.schema = config.schema();
  }

  @Override
  public List<Definition> definitions() {
    return List.of(
        type("metric_point", "max double, mean double, min double, sum double, count int"),
        type("metric_id", "path text, resolution int"),
        type("segment_pos", "pos int, segment text"),
        table(schema.metrics(), metric()),
        table(schema.path(), path()),
        table(schema.segment(), segment()));
  }

  private Definition type(String name, String fields) {
    String cql = "CREATE TYPE IF NOT EXISTS " + Cql.table(schema, name) + " (" + fields + ")";
    return new Definition(true, name, cql);
  }

  private Definition table(String name, String rest) {
    String cql = "CREATE TABLE IF NOT EXISTS " + Cql.table(schema, name) + rest;
    return new Definition(false, name, cql);
  }

  /** All resolutions are in one table, so a window is of the longest retention. */
  private String metric() {
    long kept = config.retentions().get(config.retentions().size() - 1).seconds();
    return " (id frozen<metric_id>, time bigint, point frozen<metric_point>,"
        + " PRIMARY KEY (id, time)) WITH CLUSTERING ORDER BY (time ASC) AND "
        + Cql.timeSeries(kept, 0, GC_GRACE);
  }

  private static String path() {
    return " (segment frozen<segment_pos>, path text, has_data boolean, length int,"
        + " PRIMARY KEY (segment, path, has_data))"
        + " WITH CLUSTERING ORDER BY (path ASC, has_data ASC)"
        + options();
  }

  private static String segment() {
    return " (pos int, segment text, PRIMARY KEY (pos, segment))"
        + " WITH CLUSTERING ORDER BY (segment ASC)"
        + options();
  }

  private static String options() {
    return " AND compression = {'class': 'LZ4Compressor', 'chunk_length_in_kb': 16}"
        + (" AND gc_grace_seconds = " + GC_GRACE)
        + " AND speculative_retry = '99p'";
  }

  @Override
  public PointTable points(CqlSession session, Retention retention) {
    return new CadentPoints(session, config, retention);
  }

  @Override
  public NameTables names(CqlSession session) {
    return new CadentNames(session, config);
  }
}
