package io.cadenza.store;

import java.util.Arrays;

/**
 * The points of one series, in the order of their time, each time once: as columns, 12 bytes a
 * point while all are of one value. Guarded by who has it.
 */
final class CachedPoints {
  private static final int FIGURES = 5;
  private static final int MIN = 0;
  private static final int MAX = 1;
  private static final int FIRST = 2;
  private static final int LAST = 3;

  /** Negative for a point that is a part of its interval only. */
  private static final int COUNT = 4;

  private int count;
  private int[] times = new int[1];

  /** The value of a point, or the sum of its values. */
  private double[] sums = new double[1];

  /** The rest of the figures, where not every point is of one value. */
  private double[] figures;

  /** Whether points are parts of their intervals; of all of them while there are no figures. */
  private boolean parts;

  int count() {
    return count;
  }

  long time(int i) {
    return times[i] & 0xffff_ffffL;
  }

  double sum(int i) {
    return sums[i];
  }

  double min(int i) {
    return figure(i, MIN);
  }

  double max(int i) {
    return figure(i, MAX);
  }

  double first(int i) {
    return figure(i, FIRST);
  }

  double last(int i) {
    return figure(i, LAST);
  }

  private double figure(int i, int which) {
    return figures == null ? sums[i] : figures[i * FIGURES + which];
  }

  long valueCount(int i) {
    return figures == null ? 1 : (long) Math.abs(figures[i * FIGURES + COUNT]);
  }

  boolean merges(int i) {
    return figures == null ? parts : figures[i * FIGURES + COUNT] < 0;
  }

  /**
   * Adds a point of one value.
   *
   * @param part whether it is merged with one of the same time; else it takes its place
   * @return whether there is one more now
   */
  boolean add(long time, double value, boolean part) {
    if (count == 0 && figures == null) {
      parts = part;
    }
    if (figures != null || parts != part) {
      return add(time, value, value, value, value, value, 1, part);
    }
    int at = place(time);
    if (at >= 0 && part) {
      return add(time, value, value, value, value, value, 1, true);
    }
    if (at >= 0) {
      sums[at] = value;
      return false;
    }
    insert(-at - 1, time);
    sums[-at - 1] = value;
    return true;
  }

  /** Adds a point with all its figures; the rest as above. */
  boolean add(
      long time,
      double min,
      double max,
      double sum,
      double first,
      double last,
      long values,
      boolean part) {
    widen();
    int at = place(time);
    boolean fresh = at < 0;
    if (fresh) {
      at = -at - 1;
      insert(at, time);
    }
    if (!fresh && part) {
      merge(at, min, max, sum, last, values);
    } else {
      put(at, min, max, sum, first, last, part ? -values : values);
    }
    return fresh;
  }

  private void put(
      int at, double min, double max, double sum, double first, double last, long signedCount) {
    sums[at] = sum;
    int f = at * FIGURES;
    figures[f + MIN] = min;
    figures[f + MAX] = max;
    figures[f + FIRST] = first;
    figures[f + LAST] = last;
    figures[f + COUNT] = signedCount;
  }

  /** What comes later is the last one, whatever it is of. */
  private void merge(int at, double min, double max, double sum, double last, long values) {
    int f = at * FIGURES;
    sums[at] += sum;
    figures[f + MIN] = Math.min(figures[f + MIN], min);
    figures[f + MAX] = Math.max(figures[f + MAX], max);
    figures[f + LAST] = last;
    figures[f + COUNT] += figures[f + COUNT] < 0 ? -values : values;
  }

  /** Adds all points of others, which came after these. */
  int addAll(CachedPoints later) {
    int more = 0;
    for (int i = 0; i < later.count; i++) {
      boolean fresh =
          later.figures == null
              ? add(later.time(i), later.sums[i], later.parts)
              : add(
                  later.time(i),
                  later.min(i),
                  later.max(i),
                  later.sum(i),
                  later.first(i),
                  later.last(i),
                  later.valueCount(i),
                  later.merges(i));
      more += fresh ? 1 : 0;
    }
    return more;
  }

  /** The point of a time, or where it would be, as {@link Arrays#binarySearch}. */
  private int place(long time) {
    int last = count - 1;
    if (last < 0 || time > time(last)) {
      return -count - 1;
    }
    int low = 0;
    int high = last;
    while (low <= high) {
      int middle = low + high >>> 1;
      long there = time(middle);
      if (there == time) {
        return middle;
      }
      if (there < time) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private void insert(int at, long time) {
    if (count == times.length) {
      grow();
    }
    int behind = count - at;
    if (behind > 0) {
      System.arraycopy(times, at, times, at + 1, behind);
      System.arraycopy(sums, at, sums, at + 1, behind);
      if (figures != null) {
        System.arraycopy(figures, at * FIGURES, figures, (at + 1) * FIGURES, behind * FIGURES);
      }
    }
    times[at] = (int) time;
    count++;
  }

  /** By a half, so that little of the memory is room for what never comes. */
  private void grow() {
    int size = count + (count >> 1) + 1;
    times = Arrays.copyOf(times, size);
    sums = Arrays.copyOf(sums, size);
    if (figures != null) {
      figures = Arrays.copyOf(figures, size * FIGURES);
    }
  }

  private void widen() {
    if (figures != null) {
      return;
    }
    figures = new double[times.length * FIGURES];
    for (int i = 0; i < count; i++) {
      double value = sums[i];
      put(i, value, value, value, value, value, parts ? -1 : 1);
    }
  }

  CachedPoints copy() {
    CachedPoints copy = new CachedPoints();
    copy.count = count;
    copy.times = Arrays.copyOf(times, Math.max(1, count));
    copy.sums = Arrays.copyOf(sums, Math.max(1, count));
    copy.figures = figures == null ? null : Arrays.copyOf(figures, Math.max(1, count) * FIGURES);
    copy.parts = parts;
    return copy;
  }
}
