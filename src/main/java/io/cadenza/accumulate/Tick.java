package io.cadenza.accumulate;

/**
 * A flush that is due.
 *
 * @param millis what it is stamped with, since 1970: the end of the interval that it covers, on the
 *     dot where ticks are aligned
 * @param intervals how many flush intervals it covers: 1, or more when some could not be had
 * @param nowMillis the time of day
 * @param last whether the process stops: everything that is open is emitted, whatever it waits for
 */
public record Tick(long millis, int intervals, long nowMillis, boolean last) {
  /** The stamp in seconds, as lines have it. */
  public long seconds() {
    return Math.floorDiv(millis, 1000);
  }
}
