package io.cadenza.writer.cassandra;

/**
 * The spans of time that the partitions of a series are of. By the step alone: how long points are
 * kept may be changed, and what was written stays where it is looked for.
 *
 * @param seconds of a partition
 */
record Buckets(long seconds) {
  /** A partition of a hundred thousand small rows is read at ease, and its index stays small. */
  private static final int MOST_ROWS = 100_000;

  private static final long DAY = 86_400;
  private static final long[] SPANS = {3_600, DAY, 7 * DAY, 30 * DAY, 365 * DAY, 3_650 * DAY};

  /** All of a series' time in one. */
  static final Buckets NONE = new Buckets(0);

  /** The longest span of which a partition has no more rows than is good. */
  static Buckets of(int step) {
    long best = SPANS[0];
    for (long span : SPANS) {
      best = span / step <= MOST_ROWS ? span : best;
    }
    return new Buckets(best);
  }

  /** That of a time. */
  int at(long time) {
    return seconds == 0 ? 0 : (int) Math.floorDiv(time, seconds);
  }

  /** Where the next bucket begins after that of a time; the end of time where there is only one. */
  long endOf(long time) {
    return seconds == 0 ? Long.MAX_VALUE : (at(time) + 1) * seconds;
  }
}
