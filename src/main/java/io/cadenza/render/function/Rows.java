package io.cadenza.render.function;

import io.cadenza.render.Consolidation;
import io.cadenza.render.RenderException;
import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Series beside each other, all at the same step: the least that is a multiple of each one's. Row
 * {@code i} is the {@code i}-th value of each, as graphite pairs them: by number, not by time.
 *
 * @param columns the values of each series, at the common step
 * @param start that of the first series to begin
 * @param end that of the last one to end, whole steps from the start
 */
record Rows(List<double[]> columns, long start, long end, int step) {
  /** How many rows are turned at a time, so that they stay in the processor's cache. */
  private static final int BLOCK = 64;

  private static final int MOST_TURNED = 1 << 17;

  /** Of at least one series. */
  static Rows of(List<Series> series) {
    long step = 1;
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (Series one : series) {
      step = leastCommonMultiple(step, one.step());
      start = Math.min(start, one.start());
      end = Math.max(end, one.end());
    }
    if (step > Integer.MAX_VALUE) {
      throw RenderException.invalid("Series whose steps have no common multiple: " + step + " s");
    }
    List<double[]> columns = new ArrayList<>(series.size());
    for (Series one : series) {
      columns.add(Consolidation.values(one, (int) (step / one.step())));
    }
    return new Rows(columns, start, end - Math.floorMod(end - start, step), (int) step);
  }

  private static long leastCommonMultiple(long left, long right) {
    long a = left;
    long b = right;
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return left / a * right;
  }

  /** How many rows there are: as many as the longest column has. */
  int length() {
    return columns.stream().mapToInt(column -> column.length).max().orElse(0);
  }

  /** The value in a row of a column, nothing behind its end. */
  double at(int column, int row) {
    double[] values = columns.get(column);
    return row < values.length ? values[row] : Double.NaN;
  }

  /** What is made of a row. */
  interface RowFunction {
    /** The row is from one index up to another; with NaN for none. */
    double of(double[] values, int from, int to);
  }

  /** A value for each row. */
  double[] map(RowFunction function) {
    double[] results = new double[length()];
    int width = columns.size();
    int block = Math.max(1, Math.min(BLOCK, MOST_TURNED / width));
    double[] turned = new double[block * width];
    for (int from = 0; from < results.length; from += block) {
      int count = Math.min(block, results.length - from);
      turn(from, count, turned);
      for (int i = 0; i < count; i++) {
        results[from + i] = function.of(turned, i * width, (i + 1) * width);
      }
    }
    return results;
  }

  /** A value for each row, nothing where too few are there. */
  double[] map(Aggregation aggregation, double xFilesFactor) {
    return map(
        (values, from, to) -> {
          int there = Aggregation.count(values, from, to);
          boolean enough = Aggregation.enough(there, to - from, xFilesFactor);
          return enough ? aggregation.of(values, from, to) : Double.NaN;
        });
  }

  private void turn(int from, int count, double[] turned) {
    int width = columns.size();
    for (int column = 0; column < width; column++) {
      double[] values = columns.get(column);
      int there = Math.max(0, Math.min(count, values.length - from));
      for (int i = 0; i < there; i++) {
        turned[i * width + column] = values[from + i];
      }
      for (int i = there; i < count; i++) {
        turned[i * width + column] = Double.NaN;
      }
    }
  }

  /** So many values of nothing. */
  static double[] nothing(int length) {
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    return values;
  }
}
