package io.cadenza.accumulate.bins;

/** Takes points of all resolutions, to be stored. Called on the shard's thread. */
@FunctionalInterface
public interface PointSink {
  /** Where nobody stores them. */
  PointSink NONE = (key, from, to, step, ttl, time, min, max, sum, count, first, last) -> {};

  /**
   * Takes a point. One that comes again, with the same key, resolution and time, stands in place of
   * the one before.
   *
   * @param key the key, in {@code key[from, to)}; it may change afterwards
   * @param resolutionSeconds how long its interval is; 1 where it is shorter
   * @param ttlSeconds how long it is to be kept
   * @param time where its interval begins, in seconds since 1970
   * @param count how many values, at least 1
   */
  void point(
      byte[] key,
      int from,
      int to,
      long resolutionSeconds,
      long ttlSeconds,
      long time,
      double min,
      double max,
      double sum,
      long count,
      double first,
      double last);
}
