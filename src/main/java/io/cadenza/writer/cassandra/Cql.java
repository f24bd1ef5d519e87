package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.cadenza.store.Retention;
import java.util.Map;

/** Pieces of CQL that both schemas are made of; taken by Cassandra 4.0, 4.1 and 5.0. */
final class Cql {
  /** SSTables of a window are dropped whole: so many windows are the time points are kept. */
  private static final int WINDOWS = 30;

  private static final long MINUTE = 60;
  private static final long HOUR = 3_600;
  private static final long DAY = 86_400;

  private Cql() {}

  /** {@code keyspace.table}, in quotes where CQL wants them. */
  static String table(SchemaConfig schema, String name) {
    return quoted(schema.keyspace()) + "." + quoted(name);
  }

  static String quoted(String name) {
    return CqlIdentifier.fromInternal(name).asCql(true);
  }

  static String keyspace(SchemaConfig schema) {
    var replication = schema.replication();
    StringBuilder map = new StringBuilder();
    map.append("{'class': '")
        .append(replication.simple() ? "SimpleStrategy" : "NetworkTopologyStrategy")
        .append('\'');
    if (replication.datacenters().isEmpty()) {
      map.append(", 'replication_factor': ").append(replication.factor());
    }
    for (Map.Entry<String, Integer> one : replication.datacenters().entrySet()) {
      map.append(", '").append(one.getKey()).append("': ").append(one.getValue());
    }
    return "CREATE KEYSPACE IF NOT EXISTS "
        + quoted(schema.keyspace())
        + " WITH replication = "
        + map
        + "} AND durable_writes = true";
  }

  /** Options of a table whose rows come in the order of time and go with it. */
  static String timeSeries(long keptSeconds, long defaultTtl, long gcGrace) {
    return compaction(keptSeconds)
        + " AND compression = {'class': 'LZ4Compressor', 'chunk_length_in_kb': 16}"
        + (" AND default_time_to_live = " + defaultTtl)
        + (" AND gc_grace_seconds = " + gcGrace)
        + " AND speculative_retry = '99p'";
  }

  private static String compaction(long keptSeconds) {
    long window = keptSeconds / WINDOWS;
    long unit = window >= DAY ? DAY : window >= HOUR ? HOUR : MINUTE;
    String word = unit == DAY ? "DAYS" : unit == HOUR ? "HOURS" : "MINUTES";
    return "compaction = {'class': 'TimeWindowCompactionStrategy', 'compaction_window_unit': '"
        + word
        + "', 'compaction_window_size': "
        + Math.max(1, (window + unit / 2) / unit)
        + "}";
  }

  /** {@code 10s}, {@code 1m}, {@code 6h}, {@code 7d}. */
  static String word(int seconds) {
    if (seconds % DAY == 0) {
      return seconds / DAY + "d";
    }
    if (seconds % HOUR == 0) {
      return seconds / HOUR + "h";
    }
    return seconds % MINUTE == 0 ? seconds / MINUTE + "m" : seconds + "s";
  }

  /** What is done again if the answer does not come is the same: nothing here adds. */
  static PreparedStatement prepare(CqlSession session, String cql, Consistency consistency) {
    return session.prepare(
        SimpleStatement.newInstance(cql)
            .setConsistencyLevel(consistency.level())
            .setIdempotent(true));
  }

  /** What one retention keeps of a point whose own time to live is this; Cassandra has a bound. */
  static int ttl(long own, Retention retention) {
    long ttl = own > 0 ? own : retention.seconds();
    return (int) Math.min(ttl, CassandraConfig.LONGEST_TTL);
  }
}
