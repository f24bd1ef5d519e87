package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cadenza.store.Retention;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for each step, with a partition for each series and span of time, so that none grows for
 * ever; TimeWindowCompactionStrategy with one time to live for all of a table drops whole files.
 */
final class ModernSchema implements Schema {
  /** Nothing is deleted here but by its time; as long as hints are kept. */
  private static final long GC_GRACE = 10_800;

  private static final long TEN_DAYS = 864_000;

  private final CassandraConfig config;
  private final SchemaConfig schema;

  ModernSchema(CassandraConfig config) {
    this.config = config;
    this.schema = config.schema();
  }

  @Override
  public List<Definition> definitions() {
    List<Definition> all = new ArrayList<>();
    config.retentions().forEach(retention -> all.add(points(retention)));
    all.add(names());
    all.add(tags());
    return all;
  }

  private String name(Retention retention) {
    return schema.metrics() + "_" + Cql.word(retention.step());
  }

  private Definition points(Retention retention) {
    String name = name(retention);
    String cql =
        "CREATE TABLE IF NOT EXISTS "
            + Cql.table(schema, name)
            + " (path text, bucket int, ts timestamp, sum double, min double, max double,"
            + " first double, last double, cnt bigint, PRIMARY KEY ((path, bucket), ts))"
            + " WITH CLUSTERING ORDER BY (ts ASC) AND "
            + Cql.timeSeries(retention.seconds(), retention.seconds(), GC_GRACE)
            + " AND read_repair = 'NONE'";
    return new Definition(false, name, cql);
  }

  private Definition names() {
    String cql =
        "CREATE TABLE IF NOT EXISTS "
            + Cql.table(schema, schema.path())
            + " (level int, parent text, name text, leaf boolean, branch boolean,"
            + " PRIMARY KEY ((level, parent), name))"
            + options();
    return new Definition(false, schema.path(), cql);
  }

  private Definition tags() {
    String cql =
        "CREATE TABLE IF NOT EXISTS "
            + Cql.table(schema, schema.tags())
            + " (name text, part int, tags text, PRIMARY KEY ((name, part), tags))"
            + options();
    return new Definition(false, schema.tags(), cql);
  }

  private static String options() {
    return " WITH compression = {'class': 'LZ4Compressor', 'chunk_length_in_kb': 16}"
        + (" AND gc_grace_seconds = " + TEN_DAYS)
        + " AND speculative_retry = '99p'";
  }

  @Override
  public PointTable points(CqlSession session, Retention retention) {
    return new ModernPoints(session, config, retention, name(retention));
  }

  @Override
  public NameTables names(CqlSession session) {
    return new ModernNames(session, config);
  }
}
