package io.cadenza.store;

import java.util.Optional;

/** What is read of one series, put together point by point, in any order. One thread. */
public final class Filling {
  private final Intervals intervals;
  private final Aggregate aggregate;
  private final double[] values;
  private final Fetched.Columns columns;
  private boolean any;

  /**
   * @param columns whether all figures are wanted
   */
  public Filling(Intervals intervals, Aggregate aggregate, boolean columns) {
    this.intervals = intervals;
    this.aggregate = aggregate;
    this.values = Fetched.nothing(intervals.count());
    this.columns = columns ? Fetched.Columns.of(intervals.count()) : null;
  }

  /** Puts the figures of an interval in; not when none of those wanted begins at that time. */
  public void put(
      long time, double min, double max, double sum, double first, double last, long count) {
    int at = intervals.at(time);
    if (at < 0 || count <= 0) {
      return;
    }
    any = true;
    values[at] = aggregate.of(min, max, sum, count, last);
    if (columns != null) {
      columns.min()[at] = min;
      columns.max()[at] = max;
      columns.sum()[at] = sum;
      columns.first()[at] = first;
      columns.last()[at] = last;
      columns.count()[at] = count;
    }
  }

  /** All of it; nothing when no interval has a point. */
  public Optional<Fetched> fetched() {
    return any
        ? Optional.of(new Fetched(intervals.start(), intervals.step(), aggregate, values, columns))
        : Optional.empty();
  }
}
