package io.cadenza.writer.mysql;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * A row that says how many portions of points a writer has written: it is changed in the same
 * transaction as a portion is, so that it tells, when the answer to a commit was lost, whether the
 * points are there. A portion's transaction begins with it and so holds its lock: who asks while
 * the transaction is still open waits for how it ends. One thread.
 */
final class Ledger {
  private static final int KEEP_DAYS = 30;

  private final Session session;
  private final String name;
  private final String table;
  private final InstantSource clock;
  private final String writer = UUID.randomUUID().toString();
  private long written;
  private boolean ready;

  Ledger(Session session, MysqlConfig config, InstantSource clock) {
    this.session = session;
    this.name = config.ledgerTable();
    this.table = "`" + name + "`";
    this.clock = clock;
  }

  private String create() {
    return "CREATE TABLE IF NOT EXISTS "
        + table
        + " (`writer` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
        + " `written` BIGINT NOT NULL, `at` DATETIME NOT NULL, PRIMARY KEY (`writer`))"
        + " ENGINE=InnoDB";
  }

  /** Makes the table when it is missing, and removes rows of writers that are long gone. */
  void prepare(Tables tables) throws Exception {
    if (ready) {
      return;
    }
    tables.make(name, create());
    session.run("DELETE FROM " + table + " WHERE `at` < ?", Tuple.of(now().minusDays(KEEP_DAYS)));
    ready = true;
  }

  /** Notes in the open transaction that it writes the next portion. */
  void note() throws Exception {
    session.run(
        "INSERT INTO "
            + table
            + " (`writer`,`written`,`at`) VALUES (?,?,?)"
            + " ON DUPLICATE KEY UPDATE `written`=VALUES(`written`),`at`=VALUES(`at`)",
        Tuple.of(writer, written + 1, now()));
  }

  /** Whether the portion whose commit was not answered is there; asked in a transaction. */
  boolean hasNext() throws Exception {
    for (Row row :
        session.run(
            "SELECT `written` FROM " + table + " WHERE `writer`=? FOR UPDATE", Tuple.of(writer))) {
      return row.getLong(0) > written;
    }
    return false;
  }

  /** The portion is there. */
  void advance() {
    written++;
  }

  private LocalDateTime now() {
    return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).withNano(0);
  }
}
