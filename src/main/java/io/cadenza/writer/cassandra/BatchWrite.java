package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.cadenza.line.Bytes;
import io.cadenza.store.KeyText;
import io.cadenza.store.PointBatch;
import io.cadenza.writer.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** One write of some series. For one thread, once. */
final class BatchWrite {
  /** A partition key has 64 KiB at most, and has more than the name. */
  private static final int LONGEST_KEY = 60_000;

  private static final String NO_SUCH_STEP = "no-such-step";
  private static final String TOO_OLD = "too-old";
  private static final String TOO_NEW = "in-future";

  private final Tables tables;
  private final KnownSeries known;
  private final long now;
  private final Sends sends;
  private final Reads reads;
  private final Batches batches;
  private final Refusals refusals = new Refusals();

  /** Series of which it has to be known what is stored. */
  private final List<SeriesWrite> merging = new ArrayList<>();

  BatchWrite(Tables tables, CassandraConfig config, KnownSeries known, long now) {
    this.tables = tables;
    this.known = known;
    this.now = now;
    var timeout = config.cluster().timeout();
    this.sends = new Sends(tables.session(), config.writesInFlight(), timeout);
    this.reads = new Reads(tables.session(), config.readsInFlight(), timeout);
    this.batches = Batches.of(tables.session(), config, sends::send);
  }

  /**
   * Writes all of it but what it answers.
   *
   * @throws Exception when not all was acknowledged: all is to be written again
   */
  Refusals write(PointBatch batch) throws Exception {
    try {
      for (int s = 0; s < batch.series(); s++) {
        series(batch, s);
      }
      readGaps();
    } catch (Exception e) {
      settle(e);
      throw e;
    }
    merging.forEach(SeriesWrite::isKnown);
    try {
      for (SeriesWrite one : merging) {
        send(one);
      }
      batches.flush();
      sends.await();
    } catch (Exception e) {
      settle(e);
      merging.forEach(this::failed);
      throw e;
    }
    merging.forEach(this::written);
    return refusals;
  }

  /** Sends those that are merged with nothing at once, and keeps the others. */
  private void series(PointBatch batch, int s) throws Exception {
    byte[] key = batch.key(s);
    PointTable table = tables.withStep(batch.step(s));
    String reason = table == null ? NO_SUCH_STEP : unfit(key);
    if (reason != null) {
      refusals.series(s, reason);
      return;
    }
    Known its = known.isEmpty() ? null : known.find(key, table.retention().step());
    its = its == null && merges(batch, s) ? new Known() : its;
    SeriesWrite series = new SeriesWrite(key, table, Cql.ttl(batch.ttl(s), table.retention()), its);
    points(batch, s, series);
    if (its != null) {
      merging.add(series);
    } else if (!series.isEmpty()) {
      send(series);
    }
  }

  /** Why a key can't be that of a partition; null when it can. */
  private static String unfit(byte[] key) {
    if (key.length > LONGEST_KEY) {
      return Refusals.TOO_LONG;
    }
    boolean plain = key.length > 0 && Bytes.plainAscii(key, 0, key.length);
    return plain || KeyText.of(key) != null ? null : Refusals.BAD_NAME;
  }

  private static boolean merges(PointBatch batch, int s) {
    for (int p = batch.first(s); p < batch.end(s); p++) {
      if (batch.merges(p)) {
        return true;
      }
    }
    // Points that have no step yet may be several of an interval.
    return batch.step(s) == 0;
  }

  private void points(PointBatch batch, int s, SeriesWrite into) {
    long keep = Cql.ttl(batch.ttl(s), into.table.retention());
    for (int p = batch.first(s); p < batch.end(s); p++) {
      long age = now - batch.time(p);
      if (age >= keep) {
        refusals.point(s, TOO_OLD);
      } else if (age <= -keep) {
        refusals.point(s, TOO_NEW);
      } else {
        long start = into.table.retention().startOf(batch.time(p));
        into.add(start, Interval.of(batch, p), batch.merges(p));
      }
    }
  }

  private void readGaps() throws Exception {
    List<Gap> gaps = new ArrayList<>();
    merging.forEach(one -> gaps.addAll(one.gaps(now)));
    reads.run(gaps.stream().map(Gap::read).iterator());
    gaps.forEach(Gap::isRead);
  }

  private void send(SeriesWrite series) throws Exception {
    for (List<BoundStatement> rows : series.partitions()) {
      batches.add(rows);
    }
  }

  /** Nothing is on its way any more when the caller tries again. */
  private void settle(Exception reason) throws InterruptedException {
    try {
      sends.settle();
    } catch (TimeoutException e) {
      reason.addSuppressed(e);
    }
  }

  private void written(SeriesWrite one) {
    one.written();
    known.remember(one.key, one.table.retention().step(), one.known, now);
  }

  /** What was whole is so again when it is tried again, and what is stored of it is not known. */
  private void failed(SeriesWrite one) {
    if (one.merges()) {
      known.rememberBefore(one.key, one.table.retention().step(), one.known, now);
    } else {
      known.forget(one.key, one.table.retention().step());
    }
  }
}
