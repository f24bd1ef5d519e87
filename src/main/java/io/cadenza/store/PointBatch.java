package io.cadenza.store;

/**
 * Points on their way to a store, series by series: what a writer gets to write. Belongs to the
 * thread of that writer until {@link MetricWriter#write} returns; nobody changes what is in it.
 *
 * <p>Series {@code s} has the points from {@link #first} to {@link #end}, in the order of their
 * time, each time once. A point of one value has it as its min, max, sum, first and last, and a
 * count of 1.
 */
public interface PointBatch {
  /** How many series. */
  int series();

  /** The key of a series, in normal form where it has tags. Not to be written to. */
  byte[] key(int series);

  /**
   * The seconds of a series' intervals: the step of one of the store's retentions, or 0 of points
   * that have none yet, as those of lines for a store that rolls up by itself.
   */
  int step(int series);

  /** How long points of this series are to be kept, in seconds; 0 where the store decides. */
  long ttl(int series);

  /** The first point of a series. */
  int first(int series);

  /** Behind the last point of a series. */
  int end(int series);

  /** How many points all series have. */
  int points();

  /** Seconds since 1970: where the interval begins. */
  long time(int point);

  double min(int point);

  double max(int point);

  double sum(int point);

  double firstValue(int point);

  double lastValue(int point);

  /** How many values, at least 1. */
  long count(int point);

  default double mean(int point) {
    return sum(point) / count(point);
  }

  /**
   * Whether the point is a part of its interval only, to be merged with what the store has of the
   * same key, step and time; else it is all of it and stands in place of what is there.
   */
  boolean merges(int point);

  /** What a writer has noted of a series with {@link #note}; null at first. */
  Object note(int series);

  /**
   * Has the cache keep something of the writer's for a series, as where its file is open: found
   * again with {@link #note} while the cache knows the series, and dropped with it.
   */
  void note(int series, Object anything);
}
