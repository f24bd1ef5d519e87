package io.cadenza.writer.mysql;

import io.cadenza.store.PointBatch;
import io.cadenza.writer.Refusals;
import io.cadenza.writer.mysql.Portions.Portion;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Puts rows into a table, many with one statement. There is one of each power of two below the
 * most, so that few of them are prepared. What the table can't take, as a number beyond its
 * columns', is found by halves and refused. One thread.
 */
final class Inserts {
  /** Statements on their way at once. */
  private static final int AHEAD = 3;

  /** Bytes of a statement: every server takes more. */
  private static final int LONGEST = 512 << 10;

  private static final int BYTES_A_ROW = 80;

  /** Errors of MySQL's that come of the values, beyond those of SQL state 22. */
  private static final Set<Integer> OF_VALUES = Set.of(1264, 1292, 1300, 1366, 1406, 1690, 3854);

  private record Begun(int from, int to, CompletableFuture<RowSet<Row>> answer) {}

  private final Session session;
  private final int most;
  private final Table table;
  private final PointBatch batch;
  private final Portions keys;
  private final Portion portion;
  private final Refusals refusals = new Refusals();
  private long lastTime = Long.MIN_VALUE;
  private LocalDateTime lastTimeText;

  /**
   * Puts a portion into a table.
   *
   * @param most rows of a statement
   */
  Inserts(
      Session session, int most, Table table, PointBatch batch, Portions keys, Portion portion) {
    this.session = session;
    this.most = most;
    this.table = table;
    this.batch = batch;
    this.keys = keys;
    this.portion = portion;
  }

  /**
   * Puts all rows into the open transaction.
   *
   * @return those that the table can't take
   */
  Refusals put() throws Exception {
    Deque<Begun> ahead = new ArrayDeque<>();
    for (int from = 0; from < portion.size(); ) {
      int to = from + rows(from, portion.size());
      ahead.add(begin(from, to));
      from = to;
      if (ahead.size() > AHEAD) {
        end(ahead.remove());
      }
    }
    while (!ahead.isEmpty()) {
      end(ahead.remove());
    }
    return refusals;
  }

  /** How many rows the next statement has. */
  private int rows(int from, int end) {
    int rows = end - from < most ? Integer.highestOneBit(end - from) : most;
    int bytes = 0;
    for (int i = from; i < from + rows; i++) {
      bytes += BYTES_A_ROW + keys.key(portion.series()[i]).length();
      if (bytes > LONGEST) {
        return Math.max(1, Integer.highestOneBit(i - from));
      }
    }
    return rows;
  }

  private Begun begin(int from, int to) throws Exception {
    List<Object> values = new ArrayList<>((to - from) * table.columns().size());
    for (int i = from; i < to; i++) {
      int p = portion.points()[i];
      int s = portion.series()[i];
      values.add(keys.key(s));
      values.add(time(batch.time(p), batch.step(s)));
      values.add(batch.sum(p));
      values.add(batch.min(p));
      values.add(batch.max(p));
      values.add(batch.count(p));
      if (table.firstAndLast()) {
        values.add(batch.firstValue(p));
        values.add(batch.lastValue(p));
      }
      if (table.plainMean()) {
        values.add(batch.mean(p));
      }
    }
    String sql = table.insert(to - from, portion.merges());
    return new Begun(from, to, session.begin(sql, Tuple.wrap(values)));
  }

  /** Of points that have no step of their own, the interval of the table they are in. */
  private LocalDateTime time(long time, int ownStep) {
    long start = ownStep == 0 ? time - Math.floorMod(time, (long) table.step()) : time;
    if (start != lastTime) {
      lastTime = start;
      lastTimeText = LocalDateTime.ofEpochSecond(start, 0, ZoneOffset.UTC);
    }
    return lastTimeText;
  }

  private void end(Begun begun) throws Exception {
    try {
      session.await(begun.answer);
    } catch (MySQLException refused) {
      if (!isOfValues(refused)) {
        throw refused;
      }
      if (begun.to - begun.from == 1) {
        refusals.point(portion.series()[begun.from], Refusals.OUT_OF_RANGE);
        return;
      }
      int middle = (begun.from + begun.to) >>> 1;
      putOneByOne(begun.from, middle);
      putOneByOne(middle, begun.to);
    }
  }

  private void putOneByOne(int from, int end) throws Exception {
    for (int at = from; at < end; ) {
      int to = at + rows(at, end);
      end(begin(at, to));
      at = to;
    }
  }

  private static boolean isOfValues(MySQLException refused) {
    String state = String.valueOf(refused.getSqlState());
    return state.startsWith("22") || OF_VALUES.contains(refused.getErrorCode());
  }
}
