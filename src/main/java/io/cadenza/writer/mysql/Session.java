package io.cadenza.writer.mysql;

import io.cadenza.writer.Waiting;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One connection, made when it is first used and anew after something has failed. Used by one
 * thread, which it blocks.
 */
final class Session implements AutoCloseable {
  /** Statements that the server works on or has waiting: it works while rows are put together. */
  private static final int PIPELINE = 4;

  private static final int STATEMENTS = 200;

  /** Seconds after which the server lets go of what a client holds that is gone without a word. */
  private static final int IDLE = 300;

  private static final String[] SETUP = {
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
    "SET SESSION wait_timeout = " + IDLE
  };

  private final Vertx vertx;
  private final MysqlConfig config;
  private final Duration timeout;
  private final Waiting waiting;
  private MySQLConnection connection;
  private volatile boolean lost;
  private boolean closed;

  /**
   * @param timeout of a statement
   */
  Session(Vertx vertx, MysqlConfig config, Duration timeout) {
    this.vertx = vertx;
    this.config = config;
    this.timeout = timeout;
    this.waiting = new Waiting(vertx);
  }

  static MySQLConnectOptions options(MysqlConfig config) {
    Dsn dsn = config.dsn();
    MySQLConnectOptions options = new MySQLConnectOptions();
    options.setHost(dsn.host()).setPort(dsn.port());
    options.setUser(dsn.user()).setPassword(dsn.password().reveal());
    options.setDatabase(dsn.database());
    options.setCharset("utf8mb4");
    options.setCachePreparedStatements(true);
    options.setPreparedStatementCacheMaxSize(STATEMENTS);
    options.setPreparedStatementCacheSqlLimit(Integer.MAX_VALUE);
    options.setPipeliningLimit(PIPELINE);
    config.tls().apply(options);
    return options;
  }

  private MySQLConnection connection() throws Exception {
    if (closed) {
      throw new IOException("closed");
    }
    if (connection != null && lost) {
      drop();
    }
    if (connection == null) {
      connect();
    }
    return connection;
  }

  private void connect() throws Exception {
    CompletableFuture<MySQLConnection> made =
        waiting.begin(() -> MySQLConnection.connect(vertx, options(config)));
    boolean ready = false;
    try {
      connection = waiting.on(made, config.connectTimeout());
      lost = false;
      connection.closeHandler(any -> lost = true);
      for (String statement : SETUP) {
        query(statement);
      }
      ready = true;
    } finally {
      if (!ready) { // It may still be made, when nobody waits any more.
        connection = null;
        made.thenAccept(late -> waiting.begin(late::close));
      }
    }
  }

  /** A statement without parameters. */
  RowSet<Row> query(String sql) throws Exception {
    MySQLConnection to = connection();
    return guarded(waiting.begin(() -> to.query(sql).execute()));
  }

  /** A prepared statement. */
  RowSet<Row> run(String sql, Tuple arguments) throws Exception {
    return await(begin(sql, arguments));
  }

  /** Begins a prepared statement, which is to be waited for; several are done in their order. */
  CompletableFuture<RowSet<Row>> begin(String sql, Tuple arguments) throws Exception {
    MySQLConnection to = connection();
    return waiting.begin(() -> to.preparedQuery(sql).execute(arguments));
  }

  RowSet<Row> await(CompletableFuture<RowSet<Row>> begun) throws Exception {
    return guarded(begun);
  }

  private <T> T guarded(CompletableFuture<T> begun) throws Exception {
    try {
      return waiting.on(begun, timeout);
    } catch (MySQLException refused) {
      throw refused;
    } catch (Exception broken) {
      drop(); // What is on its way would be taken for the answer to what is asked next.
      throw broken;
    }
  }

  /** Leaves the connection, and with it what was not committed. */
  void drop() {
    MySQLConnection old = connection;
    connection = null;
    if (old != null) {
      waiting.begin(old::close);
    }
  }

  @Override
  public void close() {
    closed = true;
    drop();
  }
}
