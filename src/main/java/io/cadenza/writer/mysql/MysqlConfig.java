package io.cadenza.writer.mysql;

import io.cadenza.config.Secret;
import io.cadenza.config.Settings;
import io.cadenza.store.Retention;
import io.cadenza.store.Retentions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A store that is tables of MySQL or MariaDB, as configured; reference.conf describes every key
 * under {@code defaults.mysql}.
 *
 * @param retentions finest first: the tables that the reader looks into
 * @param table what the names of the tables of points begin with
 * @param pathTable the table of names
 * @param ledgerTable the table of what was written last
 * @param createTables whether tables that are missing are made
 * @param batchCount rows of a statement
 * @param readConnections how many are open for reading at most
 * @param readTimeout of a query
 * @param writeTimeout of a statement
 */
public record MysqlConfig(
    Dsn dsn,
    List<Retention> retentions,
    String table,
    String pathTable,
    String ledgerTable,
    boolean createTables,
    int batchCount,
    int readConnections,
    Duration connectTimeout,
    Duration readTimeout,
    Duration writeTimeout,
    MysqlTls tls) {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Dsn NOWHERE =
      new Dsn("localhost", 1, "nobody", Secret.none(), "none", false);

  /** A statement has 65535 parameters at most, a row nine. */
  private static final int MOST_ROWS = 65_535 / 9;

  /** MySQL's bound is 64 characters, and some are put behind it. */
  private static final int LONGEST_TABLE = 48;

  public MysqlConfig {
    retentions = List.copyOf(retentions);
  }

  /** Reads a store's block that says {@code driver = mysql}. */
  public static MysqlConfig read(Settings s) {
    String table = table(s, "table", "");
    return new MysqlConfig(
        dsn(s),
        Retentions.read(s, "retentions"),
        table,
        table(s, "path-table", table + "_path"),
        table(s, "ledger-table", table + "_written"),
        s.flag("create-tables"),
        s.count("batch-count", 1, MOST_ROWS),
        s.count("read-connections", 1, 1000),
        s.duration("connect-timeout", MILLI, HOUR),
        s.duration("read-timeout", MILLI, HOUR),
        s.duration("write-timeout", MILLI, HOUR),
        MysqlTls.read(s.block("tls")));
  }

  private static Dsn dsn(Settings s) {
    if (!s.has("dsn")) {
      s.text("dsn"); // Tells that it is missing.
      return NOWHERE;
    }
    Optional<Dsn> dsn = Dsn.parse(s.secret("dsn").reveal());
    if (dsn.isEmpty()) {
      s.problem("dsn", Dsn.WANTED);
    } else if (dsn.get().tls()) {
      s.problem("dsn", "asks for TLS; that is said by the block tls");
    }
    Secret password = s.secret("password");
    Dsn read = dsn.orElse(NOWHERE);
    return password.isGiven() ? read.withPassword(password) : read;
  }

  private static String table(Settings s, String key, String absent) {
    String name = s.textOr(key, absent);
    if (!name.matches("[A-Za-z0-9_$]+") || name.length() > LONGEST_TABLE) {
      s.problem(key, "\"" + name + "\" is no name of a table; give 1 to 48 letters, digits and _");
    }
    return name;
  }
}
