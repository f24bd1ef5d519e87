package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.KeyTable;
import io.cadenza.accumulate.Tick;

/**
 * Flushes the series of a shard, some at a time: it walks them from the last to the first, and
 * whoever has a sample for one that it has not come to flushes that first. Belongs to the shard's
 * thread.
 */
final class Flusher {
  private static final int AT_END = -1;

  private final StatsdShared shared;
  private final int shard;
  private final SeriesStore store;
  private final FlushedLines lines;
  private final SeriesLines out;
  private final Lifetimes lifetimes;
  private final double flushSeconds;
  private final byte[] key = new byte[KeyTable.Entry.INSIDE];
  private Tick tick;
  private boolean due;
  private int walk = AT_END;
  private long bytesTold;

  Flusher(StatsdShared shared, int shard, SeriesStore store, FlushedLines lines, SeriesLines out) {
    this.shared = shared;
    this.shard = shard;
    this.store = store;
    this.lines = lines;
    this.out = out;
    lifetimes = shared.config.lifetimes();
    flushSeconds = shared.flushSeconds();
  }

  double flushSeconds() {
    return flushSeconds;
  }

  /** Whether lines may be emitted now. */
  boolean hasRoom() {
    return lines.room();
  }

  /** A flush is due; answers whether the one before it was not over. */
  boolean begin(Tick next) {
    boolean merged = due;
    tick = next;
    due = true;
    store.next(next.intervals());
    walk = store.count() - 1;
    boolean tells = shared.config.internalMetrics();
    boolean waits = tells && !lines.room();
    InternalFigures figures = shared.internals.begin(shard, next, store.live(), waits);
    if (figures != null && tells) {
      out.internal(figures);
    }
    return merged;
  }

  /** Flushes some; answers whether nothing is left. */
  boolean emit(int most) {
    if (!due) {
      return true;
    }
    store.lookAhead(Math.min(walk, store.count() - 1), most);
    for (int i = most; i > 0 && walk > AT_END && lines.room(); i--) {
      walk = Math.min(walk, store.count() - 1);
      if (walk > AT_END) {
        visit(store.at(walk--));
      }
    }
    if (walk > AT_END) {
      return false;
    }
    end();
    return true;
  }

  private void end() {
    due = false;
    lines.send();
    shared.internals.ended(lines.bytes() - bytesTold);
    bytesTold = lines.bytes();
  }

  private void visit(Held held) {
    if (held instanceof Alias alias) {
      if (store.unused(alias)) {
        store.remove(alias);
      }
      return;
    }
    Series series = held.series();
    if (series.flushed != store.epoch()) {
      if (forgettable(series)) {
        store.remove(series);
      } else {
        flush(series);
      }
    }
  }

  private boolean forgettable(Series series) {
    return !series.touched
        && (!series.live || lifetimes.expired(series.kind(), series.lastMillis, tick.nowMillis()));
  }

  /** A series gets a sample: is it to be flushed before that? Without room it waits. */
  void before(Series series) {
    if (series.flushed != store.epoch() && lines.room()) {
      flush(series);
    }
  }

  private void flush(Series series) {
    if (series.live) {
      double seconds = flushSeconds * (store.epoch() - series.flushed);
      out.key(series.key(key), series.tagsAt(), series.keyLength());
      lines(series, seconds);
      if (deletes(series)) {
        store.retire(series);
      }
    }
    series.reset();
    series.touched = false;
    series.flushed = store.epoch();
  }

  private void lines(Series series, double seconds) {
    long stamp = tick.seconds();
    switch (series.kind()) {
      case COUNTER -> out.counter(((CounterSeries) series).sum, seconds, series.touched, stamp);
      case GAUGE -> out.gauge(((GaugeSeries) series).value, series.touched, stamp);
      case TIMER -> out.timer((TimerSeries) series, seconds, stamp);
      case SET -> out.set((SetSeries) series, stamp);
    }
  }

  private boolean deletes(Series series) {
    if (!lifetimes.deletes(series.kind()) || series instanceof CounterSeries c && c.kept) {
      return false;
    }
    return !(series instanceof GaugeSeries gauge) || gauge.ages();
  }
}
