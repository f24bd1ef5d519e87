package io.cadenza.writer.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.line.Bytes;
import io.cadenza.store.KeyText;
import io.cadenza.store.MetricIndex;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The names, in a table of paths with how many components each has. */
final class MysqlIndex implements MetricIndex {
  private static final int PAGE = 10_000;

  private final MysqlConfig config;
  private final Session session;
  private final Tables tables;
  private final String table;
  private int longest;

  MysqlIndex(MysqlConfig config, Session session) {
    this.config = config;
    this.session = session;
    this.tables = new Tables(session, config);
    this.table = "`" + config.pathTable() + "`";
  }

  private String create() {
    return """
        CREATE TABLE IF NOT EXISTS %s (
          `path` VARCHAR(%d) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
          `length` INT NOT NULL,
          PRIMARY KEY (`path`),
          KEY `length` (`length`)
        ) ENGINE=InnoDB"""
        .formatted(table, Table.LONGEST_KEY);
  }

  private void prepare() throws Exception {
    if (longest > 0) {
      return;
    }
    tables.make(config.pathTable(), create());
    int found = tables.longest(config.pathTable(), "path");
    if (found == 0) {
      throw new IOException("there is no table " + config.pathTable() + " with a column path");
    }
    tables.wantUnique(config.pathTable(), "path");
    longest = found;
  }

  /** Somebody may have changed the table since it was looked at. */
  private void prepareAgain() {
    longest = 0;
  }

  @Override
  public void load(Consumer<byte[]> each) throws Exception {
    prepareAgain();
    prepare();
    String select = "SELECT `path` FROM " + table + " WHERE `path`>? ORDER BY `path` LIMIT " + PAGE;
    String last = "";
    while (last != null) {
      RowSet<Row> page = session.run(select, Tuple.of(last));
      last = null;
      for (Row row : page) {
        String path = row.getString(0);
        each.accept(path.getBytes(UTF_8));
        last = path;
      }
    }
  }

  @Override
  public void add(List<byte[]> keys) throws Exception {
    prepare();
    List<Object> values = new ArrayList<>();
    for (byte[] key : keys) {
      String path = KeyText.of(key);
      if (path != null && !path.endsWith(" ") && !Portions.isLonger(path, longest)) {
        values.add(path);
        values.add(segments(key));
      }
    }
    boolean there = false;
    try {
      insert(values);
      there = true;
    } finally {
      if (!there) {
        prepareAgain();
      }
    }
  }

  private void insert(List<Object> values) throws Exception {
    int rows = values.size() / 2;
    for (int from = 0; from < rows; ) {
      int some = rows - from;
      some = some < config.batchCount() ? Integer.highestOneBit(some) : config.batchCount();
      insert(values.subList(2 * from, 2 * (from + some)), some);
      from += some;
    }
  }

  private void insert(List<Object> values, int rows) throws Exception {
    session.run(
        "INSERT IGNORE INTO "
            + table
            + " (`path`,`length`) VALUES "
            + "(?,?),".repeat(rows - 1)
            + "(?,?)",
        Tuple.wrap(new ArrayList<>(values)));
  }

  private static int segments(byte[] key) {
    int segments = 1;
    int end = Bytes.nameEnd(key, 0, key.length);
    for (int i = 0; i < end; i++) {
      segments += key[i] == '.' ? 1 : 0;
    }
    return segments;
  }

  @Override
  public void close() {
    session.close();
  }
}
