package io.cadenza.api;

import io.cadenza.config.Settings;
import java.time.Duration;

/**
 * How far requests may go.
 *
 * @param maxSeries that one request may name
 * @param maxNodes places in the tree of names that one request may find
 * @param maxPoints that one request may fetch and compute
 * @param memory bytes that the points of all requests together may take
 * @param maxSpan from {@code from} to {@code until}; zero for any
 * @param timeout until the answer begins
 * @param sending from then on until it has been taken
 * @param maxRequests that are worked on or wait for it
 * @param workers threads that work on them
 */
public record ApiLimits(
    int maxSeries,
    int maxNodes,
    int maxPoints,
    long memory,
    Duration maxSpan,
    Duration timeout,
    Duration sending,
    int maxRequests,
    int workers) {
  private static final Duration LEAST = Duration.ofMillis(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration CENTURY = Duration.ofDays(36_500);
  private static final long LEAST_MEMORY = 64 * 1024;

  /** How many calls of functions one request may make; nothing sensible comes near. */
  static final int FUNCTIONS = 10_000;

  /** What a point that was fetched takes: its value, and what functions make of it. */
  static final int BYTES_A_POINT = 16;

  /** Which part of the heap points may take if nothing is said. */
  private static final int PART_OF_HEAP = 4;

  static ApiLimits read(Settings s) {
    int workers = s.count("workers", 0, 1024);
    long memory =
        s.has("memory")
            ? s.bytes("memory", LEAST_MEMORY, Long.MAX_VALUE)
            : Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    return new ApiLimits(
        s.count("max-series", 1, Integer.MAX_VALUE),
        s.count("max-nodes", 1, Integer.MAX_VALUE),
        s.count("max-points", 1, Integer.MAX_VALUE),
        memory,
        s.duration("max-span", Duration.ZERO, CENTURY),
        s.duration("timeout", LEAST, HOUR),
        s.duration("send-timeout", LEAST, HOUR),
        s.count("max-requests", 1, 1_000_000),
        workers > 0 ? workers : usualWorkers());
  }

  /** Half the cores, as lines come first; but one long request must not keep all others waiting. */
  private static int usualWorkers() {
    return Math.max(2, Runtime.getRuntime().availableProcessors() / 2);
  }
}
