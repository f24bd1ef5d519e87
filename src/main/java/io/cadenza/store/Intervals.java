package io.cadenza.store;

/**
 * The intervals that a reader answers of one retention, whisper's way: those that begin after
 * {@code from} up to and with {@code until}, none that is kept no more or lies ahead, and one at
 * least. Immutable.
 *
 * @param start where the first begins, a multiple of the step
 * @param step seconds
 * @param count how many, at least one; no more than the retention has
 */
public record Intervals(long start, int step, int count) {
  /** Those that are asked for of a retention. */
  public static Intervals of(MetricReader.Query query, Retention retention) {
    int step = retention.step();
    long from = Math.max(query.from(), query.now() - retention.seconds());
    long until = Math.min(query.until(), query.now());
    long start = Fetched.intervalOf(from, step);
    long intervals = (Fetched.intervalOf(until, step) - start) / step;
    long most = Math.min(retention.points(), Integer.MAX_VALUE - 8);
    return new Intervals(start, step, (int) Math.max(1, Math.min(intervals, most)));
  }

  /** Where the last one ends, and the next would begin. */
  public long end() {
    return start + (long) step * count;
  }

  /** Which of them begins at a time, or has it within; -1 for none. */
  public int at(long time) {
    return time < start || time >= end() ? -1 : (int) ((time - start) / step);
  }
}
