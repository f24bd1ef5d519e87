package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.statsd.StatsdNames.Around;
import io.cadenza.meter.Tally;

/** Series as graphite's lines, named as node statsd or Cadent names them. */
final class GraphiteSeries implements SeriesLines {
  private static final int NO_GROUP = -1;

  private final FlushedLines lines;
  private final Tally notFinite;
  private final boolean flushCounts;
  private final Around rate;
  private final Around sum;
  private final Around gauge;
  private final Around set;
  private final TimerNames timers;
  private final InternalNames internals;
  private final TimerStatistics statistics = new TimerStatistics();
  private final int keyAt;

  /** What stands before the key, which begins at a fixed place, and the key. */
  private byte[] name = new byte[512];

  private int group = NO_GROUP;
  private int tagsAt;
  private int keyEnd;

  GraphiteSeries(StatsdConfig config, FlushedLines lines, Tally notFinite) {
    StatsdNames names = new StatsdNames(config.names());
    this.lines = lines;
    this.notFinite = notFinite;
    flushCounts = config.flushCounts();
    rate = names.counterRate();
    sum = names.counterSum();
    gauge = names.gauge();
    set = names.set();
    timers = new TimerNames(config, names);
    internals = new InternalNames(config.names(), names);
    keyAt = names.longestBefore();
  }

  @Override
  public void key(byte[] bytes, int tags, int end) {
    if (name.length < keyAt + end) {
      name = new byte[2 * (keyAt + end)];
    }
    System.arraycopy(bytes, 0, name, keyAt, end);
    group = NO_GROUP;
    tagsAt = keyAt + tags;
    keyEnd = keyAt + end;
  }

  @Override
  public void counter(double total, double intervalSeconds, boolean touched, long seconds) {
    line(rate, total / intervalSeconds, seconds);
    if (flushCounts) {
      line(sum, total, seconds);
    }
  }

  @Override
  public void gauge(double value, boolean touched, long seconds) {
    line(gauge, value, seconds);
  }

  @Override
  public void set(SetSeries series, long seconds) {
    line(set, series.count(), seconds);
  }

  @Override
  public void timed(SeriesKind kind, double value, double intervalSeconds, long seconds) {
    if (kind == SeriesKind.COUNTER) {
      counter(value, intervalSeconds, true, seconds);
    } else {
      gauge(value, true, seconds);
    }
  }

  @Override
  public void timer(TimerSeries timer, double intervalSeconds, long seconds) {
    if (timer.count() == 0) {
      for (Around idle : timers.idle) {
        line(idle, 0, seconds);
      }
      return;
    }
    statistics.describe(timer);
    for (TimerNames.OfThreshold part : timers.thresholds) {
      threshold(part, seconds);
    }
    line(timers.std, statistics.deviation, seconds);
    line(timers.upper, statistics.upper, seconds);
    line(timers.lower, statistics.lower, seconds);
    line(timers.count, timer.scaled, seconds);
    line(timers.countPerSecond, timer.scaled / intervalSeconds, seconds);
    line(timers.sum, statistics.sum, seconds);
    line(timers.sumSquares, statistics.sumSquares, seconds);
    line(timers.mean, statistics.mean, seconds);
    line(timers.median, statistics.median, seconds);
    histogram(timer, seconds);
  }

  private void threshold(TimerNames.OfThreshold part, long seconds) {
    long k = part.threshold().within(statistics.count);
    if (k > 0) {
      statistics.within(part.threshold(), k);
      line(part.count(), k, seconds);
      line(part.mean(), statistics.partSum / k, seconds);
      line(part.boundary(), statistics.boundary, seconds);
      line(part.sum(), statistics.partSum, seconds);
      line(part.sumSquares(), statistics.partSquares, seconds);
    }
  }

  private void histogram(TimerSeries timer, long seconds) {
    TimerNames.OfHistogram bins = timers.histogram(timer.key());
    long before = 0;
    for (int i = 0; i < bins.limits().length; i++) {
      long below = statistics.below(bins.limits()[i]);
      line(bins.names()[i], below - before, seconds);
      before = below;
    }
  }

  /** A statistic that is not wanted has no name. */
  private void line(Around around, double value, long seconds) {
    if (around == null) {
      return;
    }
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      notFinite.increment();
      return;
    }
    byte[] before = around.before();
    int start = keyAt - before.length;
    if (around.group() != group) {
      System.arraycopy(before, 0, name, start, before.length);
      group = around.group();
    }
    lines.graphite(name, start, tagsAt, keyEnd, around.behind(), value, seconds);
  }

  @Override
  public void internal(InternalFigures f) {
    internalCounter(internals.badLines, f.badLines(), f);
    internalCounter(internals.packets, f.packets(), f);
    internalCounter(internals.metrics, f.metrics(), f);
    if (f.hasLag()) {
      key(internals.lag, internals.lag.length, internals.lag.length);
      gauge(f.lag(), true, f.seconds());
    }
    own(internals.numStats, f.numStats(), f);
    own(internals.calculationTime, f.flushMillis(), f);
    own(internals.processingTime, f.flushMillis(), f);
    own(internals.lastException, 0, f);
    own(internals.lastFlush, f.lastFlush(), f);
    own(internals.flushTime, f.flushMillis(), f);
    own(internals.flushLength, f.flushBytes(), f);
  }

  private void internalCounter(byte[] counter, long value, InternalFigures f) {
    key(counter, counter.length, counter.length);
    counter(value, f.intervalSeconds(), true, f.seconds());
  }

  private void own(byte[] whole, double value, InternalFigures f) {
    lines.graphite(whole, 0, whole.length, value, f.seconds());
  }

  /** The names under which an accumulator tells about itself. */
  private static final class InternalNames {
    private final byte[] badLines;
    private final byte[] packets;
    private final byte[] metrics;
    private final byte[] lag;
    private final byte[] numStats;
    private final byte[] calculationTime;
    private final byte[] processingTime;
    private final byte[] lastException;
    private final byte[] lastFlush;
    private final byte[] flushTime;
    private final byte[] flushLength;

    private InternalNames(NameConfig config, StatsdNames names) {
      badLines = key(config, "bad_lines_seen");
      packets = key(config, "packets_received");
      metrics = key(config, "metrics_received");
      lag = key(config, "timestamp_lag");
      numStats = names.numStats();
      processingTime = names.own("processing_time");
      calculationTime = names.own("graphiteStats.calculationtime");
      lastException = names.own("graphiteStats.last_exception");
      lastFlush = names.own("graphiteStats.last_flush");
      flushTime = names.own("graphiteStats.flush_time");
      flushLength = names.own("graphiteStats.flush_length");
    }

    private static byte[] key(NameConfig config, String figure) {
      return StatsdInternals.key(config, figure).getBytes(ISO_8859_1);
    }
  }
}
