package io.cadenza.store;

import java.util.Arrays;

/**
 * The points of one series and step, by time, in columns that grow as they are needed. Guarded by
 * itself.
 */
final class MemorySeries {
  /** What has become of a point. */
  enum Taken {
    /** It is an interval more. */
    ADDED,
    /** It is in an interval that was there, or the oldest one was dropped for it. */
    KEPT,
    /** There is no room for it. */
    REFUSED
  }

  private static final int FIRST_ROOM = 8;
  private static final int MIN = 0;
  private static final int MAX = 1;
  private static final int SUM = 2;
  private static final int FIRST = 3;
  private static final int LAST = 4;
  private static final int FIGURES = 5;

  private final int step;
  private long[] times = new long[FIRST_ROOM];
  private long[] counts = new long[FIRST_ROOM];
  private final double[][] figures = new double[FIGURES][FIRST_ROOM];
  private int from;
  private int to;

  MemorySeries(int step) {
    this.step = step;
  }

  /** Drops the points that begin no later than that, and tells how many. */
  synchronized int expire(long time) {
    int before = from;
    while (from < to && times[from] <= time) {
      from++;
    }
    return from - before;
  }

  /**
   * Takes a point of a batch.
   *
   * @param full whether a new interval has to take the place of the oldest
   */
  synchronized Taken take(PointBatch batch, int point, boolean full) {
    long time = batch.time(point) - Math.floorMod(batch.time(point), (long) step);
    int at = Arrays.binarySearch(times, from, to, time);
    if (at >= 0 && batch.merges(point)) {
      merge(at, batch, point);
      return Taken.KEPT;
    } else if (at >= 0) {
      set(at, time, batch, point);
      return Taken.KEPT;
    }
    int place = -at - 1;
    if (full && place == from) {
      return Taken.REFUSED;
    }
    from += full ? 1 : 0;
    set(open(place), time, batch, point);
    return full ? Taken.KEPT : Taken.ADDED;
  }

  /** Makes room for an interval in front of that place, and tells where it is now. */
  private int open(int at) {
    if (to == times.length) {
      int moved = from;
      move(from > to / 2 ? times.length : 2 * (to - from));
      return open(at - moved);
    }
    System.arraycopy(times, at, times, at + 1, to - at);
    System.arraycopy(counts, at, counts, at + 1, to - at);
    for (double[] figure : figures) {
      System.arraycopy(figure, at, figure, at + 1, to - at);
    }
    to++;
    return at;
  }

  /** To the front of columns of that length. */
  private void move(int room) {
    times = Arrays.copyOf(Arrays.copyOfRange(times, from, to), room);
    counts = Arrays.copyOf(Arrays.copyOfRange(counts, from, to), room);
    for (int i = 0; i < FIGURES; i++) {
      figures[i] = Arrays.copyOf(Arrays.copyOfRange(figures[i], from, to), room);
    }
    to -= from;
    from = 0;
  }

  private void set(int at, long time, PointBatch batch, int point) {
    times[at] = time;
    counts[at] = batch.count(point);
    figures[MIN][at] = batch.min(point);
    figures[MAX][at] = batch.max(point);
    figures[SUM][at] = batch.sum(point);
    figures[FIRST][at] = batch.firstValue(point);
    figures[LAST][at] = batch.lastValue(point);
  }

  private void merge(int at, PointBatch batch, int point) {
    counts[at] += batch.count(point);
    figures[MIN][at] = Math.min(figures[MIN][at], batch.min(point));
    figures[MAX][at] = Math.max(figures[MAX][at], batch.max(point));
    figures[SUM][at] += batch.sum(point);
    figures[LAST][at] = batch.lastValue(point);
  }

  synchronized void fill(Intervals wanted, Filling into) {
    int first = Arrays.binarySearch(times, from, to, wanted.start());
    for (int i = first < 0 ? -first - 1 : first; i < to && times[i] < wanted.end(); i++) {
      into.put(
          times[i],
          figures[MIN][i],
          figures[MAX][i],
          figures[SUM][i],
          figures[FIRST][i],
          figures[LAST][i],
          counts[i]);
    }
  }
}
