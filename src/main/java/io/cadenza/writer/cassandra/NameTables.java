package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where the names are, prepared. One thread. */
interface NameTables {
  /** Beyond so many, inner nodes of a name have no rows: they would be as long as it each. */
  int DEEPEST = 64;

  /**
   * One read that has names.
   *
   * @param name the name that a row has; null when it has none of its own
   */
  record Scan(BoundStatement rows, Function<Row, byte[]> name) {}

  /** Gives the rows of a name, those of its inner nodes among them. */
  void rows(String key, Consumer<BoundStatement> into);

  /** What has each name once. */
  List<Scan> scans();
}
