package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.Tick;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an accumulator tells about itself, as node statsd does. All its shards share one, and those
 * who hand it lines tell it of them. Thread-safe; told once a batch.
 */
public final class StatsdInternals {
  private static final long NEVER = Long.MIN_VALUE;

  private final NameConfig names;
  private final double flushSeconds;
  private final InstantSource clock;
  private final LongAdder packets = new LongAdder();
  private final LongAdder metrics = new LongAdder();
  private final LongAdder badLines = new LongAdder();
  private final LongAdder badLinesEver = new LongAdder();
  private final long[] begun; // by shard: the stamp of its last flush
  private final long[] series;
  private long flushed = NEVER;
  private long flushedAtSeconds = NEVER;
  private double lag = Double.NaN;
  private long beganMillis;
  private long endedMillis;
  private long flushBytes;
  private long lastEndedMillis;
  private long lastTook;
  private long lastBytes;
  private volatile long lastMessageMillis;

  StatsdInternals(StatsdConfig config, double flushSeconds, int shards, InstantSource clock) {
    names = config.names();
    this.flushSeconds = flushSeconds;
    this.clock = clock;
    begun = new long[shards];
    Arrays.fill(begun, NEVER);
    series = new long[shards];
    beganMillis = clock.millis();
    endedMillis = beganMillis;
    lastMessageMillis = beganMillis;
  }

  /** The key of a figure that is a series. */
  static String key(NameConfig names, String figure) {
    return names.stats().isEmpty() ? figure : names.stats() + "." + figure;
  }

  /**
   * Datagrams came, or what node would count as such.
   *
   * @param nowMillis since 1970
   */
  public void packets(long n, long nowMillis) {
    packets.add(n);
    lastMessageMillis = nowMillis;
  }

  /** Lines came that are not empty, bad ones among them. */
  public void metrics(long n) {
    metrics.add(n);
  }

  /** Parts of lines came that are wrong, or lines that are wrong as a whole. */
  public void badLines(long n) {
    badLines.add(n);
    badLinesEver.add(n);
  }

  /** How many were wrong since the start. */
  public long badLinesSeen() {
    return badLinesEver.sum();
  }

  /** When something last came, since 1970; the start when nothing has. */
  public long lastMessageMillis() {
    return lastMessageMillis;
  }

  /** When a flush last ended, since 1970; the start when none has. */
  public synchronized long lastFlushMillis() {
    return endedMillis;
  }

  /** How long the last flush took, in milliseconds. */
  public synchronized long flushTime() {
    return endedMillis - beganMillis;
  }

  /** How many bytes the last flush had. */
  public synchronized long flushLength() {
    return flushBytes;
  }

  /** Its own counters, as they stand, by key. */
  public Map<String, Double> counters() {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put(key(names, "bad_lines_seen"), (double) badLines.sum());
    all.put(key(names, "packets_received"), (double) packets.sum());
    all.put(key(names, "metrics_received"), (double) metrics.sum());
    return all;
  }

  /** Its own gauges by key: none before the second flush. */
  public synchronized Map<String, Double> gauges() {
    return Double.isNaN(lag) ? Map.of() : Map.of(key(names, "timestamp_lag"), lag);
  }

  /**
   * A shard begins a flush.
   *
   * @param live series that it flushes
   * @param waits whether it cannot tell now: then a later flush tells of this one too
   * @return what is to be told, when it is the last of the shards; else null
   */
  synchronized InternalFigures begin(int shard, Tick tick, long live, boolean waits) {
    if (Arrays.stream(begun).noneMatch(stamp -> stamp == tick.millis())) {
      firstBegins();
    }
    begun[shard] = tick.millis();
    series[shard] = live;
    long all = Arrays.stream(begun).min().orElse(NEVER);
    if (all == flushed || all == NEVER || waits) {
      return null;
    }
    boolean first = flushed == NEVER;
    boolean setBack = all < flushed;
    double one = flushSeconds * tick.intervals();
    double interval = first || setBack ? one : (all - flushed) / 1000.0;
    long now = Math.round(tick.nowMillis() / 1000.0);
    if (!first) {
      lag = now - flushedAtSeconds - flushSeconds;
    }
    flushed = all;
    flushedAtSeconds = now;
    return figures(interval, Math.floorDiv(all, 1000));
  }

  /** What is told of the flush before is what it has come to now. */
  private void firstBegins() {
    lastEndedMillis = endedMillis;
    lastTook = endedMillis - beganMillis;
    lastBytes = flushBytes;
    beganMillis = clock.millis();
    endedMillis = beganMillis;
    flushBytes = 0;
  }

  private InternalFigures figures(double interval, long seconds) {
    long own = InternalFigures.COUNTERS + (Double.isNaN(lag) ? 0 : 1);
    return new InternalFigures(
        badLines.sumThenReset(),
        packets.sumThenReset(),
        metrics.sumThenReset(),
        interval,
        Arrays.stream(series).sum() + own,
        lag,
        seconds,
        Math.round(lastEndedMillis / 1000.0),
        lastTook,
        lastBytes);
  }

  /** A shard has flushed all, in so many bytes. */
  synchronized void ended(long bytes) {
    endedMillis = Math.max(beganMillis, clock.millis());
    flushBytes += bytes;
  }
}
