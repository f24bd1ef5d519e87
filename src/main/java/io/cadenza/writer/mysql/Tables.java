package io.cadenza.writer.mysql;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of points: what they have, and made when they are missing. One thread. */
final class Tables {
  private static final Logger LOG = LoggerFactory.getLogger("cadenza.mysql");

  private static final String COLUMNS =
      "SELECT `COLUMN_NAME`,`CHARACTER_MAXIMUM_LENGTH`,`COLLATION_NAME`,`EXTRA`"
          + " FROM `information_schema`.`COLUMNS`"
          + " WHERE `TABLE_SCHEMA`=DATABASE() AND `TABLE_NAME`=?";

  private static final String UNIQUE =
      "SELECT `INDEX_NAME`,`COLUMN_NAME`,`SUB_PART` FROM `information_schema`.`STATISTICS`"
          + " WHERE `TABLE_SCHEMA`=DATABASE() AND `TABLE_NAME`=? AND `NON_UNIQUE`=0";

  private final Session session;
  private final MysqlConfig config;
  private final Map<Integer, Table> known = new HashMap<>();

  Tables(Session session, MysqlConfig config) {
    this.session = session;
    this.config = config;
  }

  /**
   * The table of a resolution.
   *
   * @throws IOException when it is missing, or is such that points can't be merged in it
   */
  Table of(int step) throws Exception {
    Table table = known.get(step);
    if (table == null) {
      String name = Table.name(config, step);
      make(name, Table.create(name, step));
      table = found(name, step);
      known.put(step, table);
    }
    return table;
  }

  /** The table of a resolution; null when there is none. */
  Table existing(int step) throws Exception {
    Table table = known.get(step);
    String name = Table.name(config, step);
    if (table == null && !columns(name).isEmpty()) {
      table = found(name, step);
      known.put(step, table);
    }
    return table;
  }

  /** Makes a table that is missing, where that is allowed. */
  void make(String name, String create) throws Exception {
    if (config.createTables() && columns(name).isEmpty()) {
      session.query(create);
    }
  }

  /** What is known of tables is asked again: somebody may have changed them. */
  void forget() {
    known.clear();
  }

  private record Column(int length, String collation, boolean generated) {}

  private Table found(String name, int step) throws Exception {
    Map<String, Column> columns = columns(name);
    for (String wanted : List.of("stat", "time", "sum", "min", "max", "count", "resolution")) {
      if (!columns.containsKey(wanted)) {
        String what = columns.isEmpty() ? "there is no table " : "there is no column " + wanted;
        throw new IOException(what + (columns.isEmpty() ? "" : " in table ") + name);
      }
    }
    wantUnique(name, "stat", "time");
    warnOfCase(name, columns.get("stat"));
    Column mean = columns.get("mean");
    return new Table(
        name,
        step,
        columns.get("stat").length,
        columns.containsKey("first") && columns.containsKey("last"),
        mean != null && !mean.generated);
  }

  private Map<String, Column> columns(String table) throws Exception {
    Map<String, Column> columns = new HashMap<>();
    for (Row row : session.run(COLUMNS, Tuple.of(table))) {
      Object length = row.getValue(1);
      columns.put(
          row.getString(0).toLowerCase(Locale.ROOT),
          new Column(
              length instanceof Number number ? number.intValue() : 0,
              row.getString(2),
              String.valueOf(row.getString(3)).contains("GENERATED")));
    }
    return columns;
  }

  /**
   * Without it nothing tells which row a point is to be merged with.
   *
   * @throws IOException when the table has no unique key of just these columns
   */
  void wantUnique(String table, String... columns) throws Exception {
    Map<String, Set<String>> keys = new HashMap<>();
    for (Row row : session.run(UNIQUE, Tuple.of(table))) {
      String column = row.getString(1).toLowerCase(Locale.ROOT);
      String whole = row.getValue(2) == null ? column : column + " (a part)";
      keys.computeIfAbsent(row.getString(0), any -> new HashSet<>()).add(whole);
    }
    if (!keys.containsValue(Set.of(columns))) {
      String list = "`" + String.join("`, `", columns) + "`";
      throw new IOException(
          "the table %s has no unique key, by which rows are found again: ALTER TABLE `%s` ADD UNIQUE KEY (%s)"
              .formatted(table, table, list));
    }
  }

  /** Cadent's documentation has a collation by which a.B is a.b. */
  private static void warnOfCase(String table, Column stat) {
    String collation = String.valueOf(stat.collation);
    if (!collation.endsWith("_bin") && !collation.endsWith("_cs") && !collation.equals("binary")) {
      LOG.warn(
          "the table {} takes keys for one that differ in case only: its column stat is in {}",
          table,
          collation);
    }
  }

  /** How long a text a column takes, in characters; 0 when there is no such column. */
  int longest(String table, String column) throws Exception {
    Column found = columns(table).get(column);
    return found == null ? 0 : found.length;
  }
}
