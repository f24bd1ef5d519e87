package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.cadenza.store.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a store, which are there, with their statements prepared in a session. Immutable.
 *
 * @param points finest first
 */
record Tables(CqlSession session, List<PointTable> points, NameTables names) {
  /** Nodes agree on a table, and make it, in a few seconds. */
  private static final Duration MAKING = Duration.ofSeconds(30);

  /** Makes what is missing, where that is allowed, and prepares the rest; blocks. */
  static Tables of(CqlSession session, CassandraConfig config) {
    Schema schema = Schema.of(config);
    ensure(session, config.schema(), schema.definitions());
    List<PointTable> points = new ArrayList<>();
    for (Retention retention : config.retentions()) {
      points.add(schema.points(session, retention));
    }
    return new Tables(session, List.copyOf(points), schema.names(session));
  }

  /** The table of a step, the finest for 0; null when there is none. */
  PointTable withStep(int step) {
    for (PointTable table : points) {
      if (step == 0 || table.retention().step() == step) {
        return table;
      }
    }
    return null;
  }

  /** Looks first: who may write to tables need not be allowed to make any. */
  private static void ensure(CqlSession session, SchemaConfig config, List<Definition> all) {
    if (keyspace(session, config) == null) {
      make(session, config, "keyspace " + config.keyspace(), Cql.keyspace(config));
    }
    for (Definition one : all) {
      KeyspaceMetadata there = keyspace(session, config);
      CqlIdentifier name = CqlIdentifier.fromInternal(one.name());
      boolean isThere =
          there != null
              && (one.isType()
                  ? there.getUserDefinedType(name).isPresent()
                  : there.getTable(name).isPresent());
      if (!isThere) {
        make(session, config, (one.isType() ? "type " : "table ") + one.name(), one.cql());
      }
    }
  }

  private static KeyspaceMetadata keyspace(CqlSession session, SchemaConfig config) {
    CqlIdentifier name = CqlIdentifier.fromInternal(config.keyspace());
    return session.getMetadata().getKeyspace(name).orElse(null);
  }

  private static void make(CqlSession session, SchemaConfig config, String what, String cql) {
    if (!config.create()) {
      throw new IllegalStateException(what + " is not there, and create-schema is false");
    }
    session.execute(SimpleStatement.newInstance(cql).setTimeout(MAKING));
  }
}
