package io.cadenza.writer;

import io.cadenza.config.Settings;
import io.cadenza.store.CacheLimits;
import java.time.Duration;

/**
 * How a store of any kind is written, as configured; reference.conf describes every key under
 * {@code defaults.store}.
 *
 * @param cache bounds of what waits
 * @param maxNames that can be found at most; of those with tags a quarter of it
 * @param batchSeries series of a write at most
 * @param batchPoints points of a write, after which no other series is added
 * @param linger from the beginning of one round of writes to the next at least
 * @param retryMin the wait after a write that failed; it doubles with each
 * @param retryMax the longest wait
 * @param indexRefresh how often all names are looked up again; zero for once
 */
public record WritingConfig(
    CacheLimits cache,
    int maxNames,
    int batchSeries,
    int batchPoints,
    Duration linger,
    Duration retryMin,
    Duration retryMax,
    Duration indexRefresh) {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** Reads it from a store's block. */
  public static WritingConfig read(Settings s) {
    WritingConfig config =
        new WritingConfig(
            new CacheLimits(
                s.count("cache-points", 1000, Integer.MAX_VALUE),
                s.count("cache-series", 16, Integer.MAX_VALUE),
                s.fraction("low-fruit-rate", 0, 1)),
            s.count("max-names", 4, Integer.MAX_VALUE),
            s.count("batch-series", 1, 100_000),
            s.count("batch-points", 1, 1_000_000),
            s.duration("linger", Duration.ZERO, HOUR),
            s.duration("retry-min", MILLI, HOUR),
            s.duration("retry-max", MILLI, HOUR),
            s.duration("index-refresh", Duration.ZERO, DAY));
    if (config.retryMin.compareTo(config.retryMax) > 0) {
      s.problem("retry-min", "is longer than retry-max");
    }
    return config;
  }
}
