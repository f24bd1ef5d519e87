package io.cadenza.accumulate.statsd;

/**
 * Makes lines of series that are flushed. Belongs to the shard's thread; looks at a key only while
 * it is called.
 */
interface SeriesLines {
  /** The key of a series whose lines come next. */
  void key(byte[] key, int tagsAt, int end);

  /**
   * The sum of a counter.
   *
   * @param intervalSeconds over which it was summed
   * @param touched whether there was any sample
   */
  void counter(double sum, double intervalSeconds, boolean touched, long seconds);

  void gauge(double value, boolean touched, long seconds);

  void timer(TimerSeries timer, double intervalSeconds, long seconds);

  void set(SetSeries series, long seconds);

  /** A sample of a counter or gauge that has its own time, as it is. */
  void timed(SeriesKind kind, double value, double intervalSeconds, long seconds);

  /** What the accumulator tells about itself. */
  void internal(InternalFigures figures);
}
