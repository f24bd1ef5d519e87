package io.cadenza.api.cache;

import java.util.List;

/** The points of one metric that are not written yet. Any thread; soon done. */
@FunctionalInterface
public interface Cached {
  /**
   * One of them.
   *
   * @param time seconds since 1970
   */
  record Point(long time, double value) {}

  /** Those of a metric, by time; none where nothing waits. */
  List<Point> of(String metric);
}
