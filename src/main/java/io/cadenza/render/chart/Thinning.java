package io.cadenza.render.chart;

import java.util.Arrays;

/**
 * Leaves out of a line what can't be seen: where many points share a column of pixels only the
 * first, the least, the greatest and the last of them stay, which draw the same as all. So a spike
 * is never lost, however long the time.
 */
final class Thinning {
  /** So many points of one column stay at most. */
  static final int A_COLUMN = 4;

  private final double start;
  private final double step;
  private final double[] values;
  private double[] keptAt = new double[256];
  private double[] kept = new double[256];
  private int count;

  /**
   * @param start of the first value; seconds since 1970
   * @param step seconds from one value to the next
   * @param values those that are not finite are gaps
   */
  Thinning(double start, double step, double[] values) {
    this.start = start;
    this.step = step;
    this.values = values;
  }

  /** Those of a time, and one to each side of it; afterwards asked for by the other methods. */
  Thinning between(long from, long until, int columns) {
    int first = clamped(Math.floor((from - start) / step));
    int last = clamped(Math.ceil((until - start) / step) + 1);
    double wide = (double) (until - from) / columns;
    if (last - first <= 2L * columns || wide <= step) {
      for (int i = first; i < last; i++) {
        keep(i);
      }
      return this;
    }
    int i = first;
    while (i < last) {
      double column = Math.floor((at(i) - from) / wide);
      int end = clamped(Math.ceil((from + (column + 1) * wide - start) / step));
      end = Math.min(last, Math.max(end, i + 1));
      keepColumn(i, end);
      i = end;
    }
    return this;
  }

  double[] times() {
    return Arrays.copyOf(keptAt, count);
  }

  double[] values() {
    return Arrays.copyOf(kept, count);
  }

  private void keepColumn(int begin, int end) {
    int first = -1;
    int least = -1;
    int most = -1;
    int last = -1;
    for (int i = begin; i < end; i++) {
      double value = values[i];
      if (Double.isFinite(value)) {
        first = first < 0 ? i : first;
        least = least < 0 || value < values[least] ? i : least;
        most = most < 0 || value > values[most] ? i : most;
        last = i;
      }
    }
    if (first < 0) {
      keep(begin);
      return;
    }
    keep(first);
    keepBetween(Math.min(least, most), first, last);
    if (least != most) {
      keepBetween(Math.max(least, most), first, last);
    }
    if (last != first) {
      keep(last);
    }
  }

  private void keepBetween(int i, int first, int last) {
    if (i != first && i != last) {
      keep(i);
    }
  }

  private void keep(int i) {
    if (count == kept.length) {
      keptAt = Arrays.copyOf(keptAt, 2 * count);
      kept = Arrays.copyOf(kept, 2 * count);
    }
    keptAt[count] = at(i);
    kept[count++] = Double.isFinite(values[i]) ? values[i] : Double.NaN;
  }

  private double at(int i) {
    return start + i * step;
  }

  private int clamped(double index) {
    return (int) Math.max(0, Math.min(values.length, index));
  }
}
