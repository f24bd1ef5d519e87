package io.cadenza.accumulate;

import io.cadenza.config.Settings;
import java.time.Duration;

/**
 * What accumulators of all kinds have, as configured: {@code accumulate} and {@code aggregation} of
 * a pipeline.
 *
 * @param name its name in metrics: the pipeline's
 * @param flush the interval at which it flushes
 * @param randomStart whether ticks count from the start and not from the clock
 * @param shards how many; 0 for one an event loop
 * @param queue bytes that may be on their way to one shard
 * @param maxKeys how many keys all shards hold together at most
 * @param maxKeyBytes how many bytes those keys have at most
 * @param onMaxKeys what happens to further ones
 * @param onStop what becomes of what is open when the process stops
 */
public record AccumulatorConfig(
    String name,
    Duration flush,
    boolean randomStart,
    int shards,
    long queue,
    long maxKeys,
    long maxKeyBytes,
    OnMaxKeys onMaxKeys,
    OnStop onStop) {

  /** The longest key, tags included, in bytes: others are refused. */
  public static final int LONGEST_KEY = 4096;

  /** How what is flushed is written. */
  public enum Output {
    /** As graphite's lines. */
    GRAPHITE,
    /** As statsd's lines, so that another server can accumulate them further. */
    STATSD
  }

  /** What happens to new keys at the bound. */
  public enum OnMaxKeys {
    /** They are dropped and counted as {@code too-many-keys}. */
    DROP,
    /** A key that got nothing since the last flush is forgotten for each; else they are dropped. */
    FORGET_IDLE
  }

  /** What becomes of what is open when the process stops. */
  public enum OnStop {
    /** It is flushed, stamped as if its time had come. */
    FLUSH,
    /** It is left on disk for the next process, which goes on with it. */
    HAND_OVER
  }

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Reads what is common.
   *
   * @param flush when the block says nothing of it
   */
  public static AccumulatorConfig read(String name, Settings s, Duration flush) {
    Duration own = s.has("flush") ? s.duration("flush", SHORTEST, LONGEST) : flush;
    return read(name, s, own, s.flag("random-start"));
  }

  /**
   * Reads what is common of aggregation rules, which have intervals of their own.
   *
   * @param look how often it is looked whether one of them is due
   */
  public static AccumulatorConfig rules(String name, Settings s, Duration look) {
    return read(name, s, look, false);
  }

  private static AccumulatorConfig read(
      String name, Settings s, Duration flush, boolean randomStart) {
    return new AccumulatorConfig(
        name,
        flush,
        randomStart,
        s.count("shards", 0, 256),
        s.bytes("queue", 4096, 1L << 40),
        s.count("max-keys", 1, Integer.MAX_VALUE),
        s.bytes("max-key-bytes", 4096, 1L << 40),
        s.choice("on-max-keys", OnMaxKeys.class),
        s.choice("on-stop", OnStop.class));
  }

  /** A bound for all its shards. */
  public KeyRoom room() {
    return new KeyRoom(maxKeys, maxKeyBytes);
  }
}
