package io.cadenza.accumulate.statsd;

/**
 * What an accumulator tells about itself at a flush.
 *
 * @param packets datagrams that came since the flush before
 * @param intervalSeconds over which they were counted
 * @param numStats series that are flushed, these here included
 * @param lag how many seconds late the flush is; NaN at the first one
 * @param seconds the stamp
 * @param lastFlush when the flush before ended, in seconds since 1970
 * @param flushMillis how long that took
 * @param flushBytes how many bytes its lines had
 */
record InternalFigures(
    long badLines,
    long packets,
    long metrics,
    double intervalSeconds,
    long numStats,
    double lag,
    long seconds,
    long lastFlush,
    long flushMillis,
    long flushBytes) {

  /** The counters among the series, which are there from the start. */
  static final int COUNTERS = 3;

  boolean hasLag() {
    return !Double.isNaN(lag);
  }
}
