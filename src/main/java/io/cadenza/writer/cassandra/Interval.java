package io.cadenza.writer.cassandra;

import io.cadenza.store.PointBatch;

/** All figures of an interval. Those that a schema does not keep are NaN, or a stand-in. */
record Interval(double min, double max, double sum, double first, double last, long count) {
  static Interval of(PointBatch batch, int point) {
    return new Interval(
        batch.min(point),
        batch.max(point),
        batch.sum(point),
        batch.firstValue(point),
        batch.lastValue(point),
        batch.count(point));
  }

  /** This one with a part that came after it. */
  Interval with(Interval later) {
    long both = count + later.count;
    return new Interval(
        Math.min(min, later.min),
        Math.max(max, later.max),
        sum + later.sum,
        first,
        later.last,
        both < 0 ? Long.MAX_VALUE : both);
  }
}
