package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cadenza.store.Retention;
import java.util.List;

/** What is in which table. Immutable. */
interface Schema {
  /** What it needs, in the order in which it is made. */
  List<Definition> definitions();

  /**
   * The points of one retention, prepared; its tables are there.
   *
   * @throws IllegalStateException when a table that was there is of another kind
   */
  PointTable points(CqlSession session, Retention retention);

  /** The names, prepared. */
  NameTables names(CqlSession session);

  static Schema of(CassandraConfig config) {
    return switch (config.schema().kind()) {
      case MODERN -> new ModernSchema(config);
      case CADENT -> new CadentSchema(config);
    };
  }
}
