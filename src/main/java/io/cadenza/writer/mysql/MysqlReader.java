package io.cadenza.writer.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.store.Fetched;
import io.cadenza.store.Filling;
import io.cadenza.store.GuessTable;
import io.cadenza.store.Intervals;
import io.cadenza.store.KeyText;
import io.cadenza.store.MetricReader;
import io.cadenza.store.Retention;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads points, some keys with a query. */
final class MysqlReader implements MetricReader {
  /** Rows that a query answers at most, by what is to be expected. */
  private static final int ROWS = 50_000;

  private static final int KEYS = 128;

  private final Vertx vertx;
  private final MysqlConfig config;
  private final Semaphore room;
  private final List<Connected> idle = new ArrayList<>();
  private boolean closed;

  /** A connection with what it knows of tables. */
  private record Connected(Session session, Tables tables) {}

  MysqlReader(Vertx vertx, MysqlConfig config) {
    this.vertx = vertx;
    this.config = config;
    this.room = new Semaphore(config.readConnections());
  }

  @Override
  public Map<String, Fetched> read(Query query) throws Exception {
    Retention retention = Retention.reaching(config.retentions(), query.from(), query.now());
    Intervals intervals = Intervals.of(query, retention);
    Map<String, Filling> fillings = new LinkedHashMap<>();
    for (String key : query.keys()) {
      byte[] bytes = key.getBytes(UTF_8);
      if (KeyText.of(bytes) != null) {
        fillings.put(key, new Filling(intervals, GuessTable.method(bytes), query.columns()));
      }
    }
    if (!fillings.isEmpty()) {
      read(retention.step(), intervals, fillings);
    }
    Map<String, Fetched> all = new HashMap<>();
    fillings.forEach((key, of) -> of.fetched().ifPresent(fetched -> all.put(key, fetched)));
    return all;
  }

  private void read(int step, Intervals intervals, Map<String, Filling> fillings) throws Exception {
    if (!room.tryAcquire(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("all connections for reading are in use");
    }
    try {
      Connected connected = take();
      boolean fine = false;
      try {
        read(connected, step, intervals, fillings);
        fine = true;
      } finally {
        giveBack(connected, fine);
      }
    } finally {
      room.release();
    }
  }

  private Connected take() throws IOException {
    synchronized (idle) {
      if (closed) {
        throw new IOException("closed");
      }
      if (!idle.isEmpty()) {
        return idle.remove(idle.size() - 1);
      }
    }
    Session session = new Session(vertx, config, config.readTimeout());
    return new Connected(session, new Tables(session, config));
  }

  private void giveBack(Connected connected, boolean fine) {
    synchronized (idle) {
      if (fine && !closed) {
        idle.add(connected);
        return;
      }
    }
    connected.session.close();
  }

  private void read(
      Connected connected, int step, Intervals intervals, Map<String, Filling> fillings)
      throws Exception {
    Table table = connected.tables.existing(step);
    if (table == null) {
      return;
    }
    int most = Math.max(1, Math.min(KEYS, ROWS / intervals.count()));
    List<String> keys = new ArrayList<>(fillings.keySet());
    for (int from = 0; from < keys.size(); ) {
      int some = Math.min(most, keys.size() - from);
      some = some < most ? Integer.highestOneBit(some) : most;
      read(connected.session, table, keys.subList(from, from + some), intervals, fillings);
      from += some;
    }
  }

  private static void read(
      Session session,
      Table table,
      List<String> keys,
      Intervals intervals,
      Map<String, Filling> fillings)
      throws Exception {
    List<Object> arguments = new ArrayList<>(keys);
    arguments.add(LocalDateTime.ofEpochSecond(intervals.start(), 0, ZoneOffset.UTC));
    arguments.add(LocalDateTime.ofEpochSecond(intervals.end(), 0, ZoneOffset.UTC));
    for (Row row : session.run(table.select(keys.size()), Tuple.wrap(arguments))) {
      Filling filling = fillings.get(row.getString(0));
      if (filling != null) { // Else it differs in case, and the table takes it for the same.
        put(row, filling);
      }
    }
  }

  /** A table without first and last has the mean for them, which is right for one value. */
  private static void put(Row row, Filling filling) {
    long time = row.getLocalDateTime(1).toEpochSecond(ZoneOffset.UTC);
    double sum = row.getDouble(2);
    long count = row.getLong(5);
    Double first = row.getDouble(6);
    Double last = row.getDouble(7);
    double mean = sum / count;
    filling.put(
        time,
        row.getDouble(3),
        row.getDouble(4),
        sum,
        first == null ? mean : first,
        last == null ? mean : last,
        count);
  }

  @Override
  public List<Retention> retentions(String key) {
    return config.retentions();
  }

  @Override
  public void close() {
    List<Connected> old;
    synchronized (idle) {
      closed = true;
      old = List.copyOf(idle);
      idle.clear();
    }
    old.forEach(connected -> connected.session.close());
  }
}
