package io.cadenza.writer.mysql;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.cadenza.servers.MariaServer;
import io.cadenza.writer.StoreConfigs;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/** What a test asks the server itself, beside what is tested. */
final class Database implements AutoCloseable {
  final MariaServer server = MariaServer.shared();
  final Vertx vertx = Vertx.vertx();
  private MySQLConnection connection;

  /** A store's block for it, on that port. */
  MysqlConfig config(int port, String keys) {
    String dsn = "%s:%s@tcp(127.0.0.1:%d)/%s";
    String where =
        dsn.formatted(MariaServer.USER, MariaServer.PASSWORD, port, MariaServer.DATABASE);
    String all = "dsn = \"%s\", retentions = [\"10s:6h\", \"1m:7d\"]\n%s".formatted(where, keys);
    return StoreConfigs.read("mysql", all, MysqlConfig::read);
  }

  MysqlConfig config(String keys) {
    return config(server.port(), keys);
  }

  /** Runs a statement and gives the rows, columns as text. */
  List<List<String>> ask(String sql) throws Exception {
    if (connection == null) {
      connection =
          MySQLConnection.connect(vertx, Session.options(config("")))
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, SECONDS);
      connection.closeHandler(any -> connection = null);
    }
    List<List<String>> rows = new ArrayList<>();
    for (Row row :
        connection
            .query(sql)
            .execute()
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, SECONDS)) {
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        columns.add(String.valueOf(row.getValue(i)));
      }
      rows.add(columns);
    }
    return rows;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
