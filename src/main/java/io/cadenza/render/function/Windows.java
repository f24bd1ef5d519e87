package io.cadenza.render.function;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The aggregation of each value with those before it, as far as a window reaches. */
final class Windows {
  /** Sums of whole numbers up to here are exact in whichever order they are added. */
  private static final double MOST_EXACT = 1L << 53;

  /** How many windows are added up beside each other. */
  private static final int BLOCK = 512;

  /** So many values of windows are as much work as one that is computed. */
  private static final int FAST = 32;

  private static final int SLOW = 8;

  private final double[] values;
  private final int size;
  private final Aggregation aggregation;
  private final double xFilesFactor;

  /**
   * @param size how many values a window has
   */
  Windows(double[] values, int size, Aggregation aggregation, double xFilesFactor) {
    this.values = values;
    this.size = size;
    this.aggregation = aggregation;
    this.xFilesFactor = xFilesFactor;
  }

  /** How much work it is, in values. */
  long work() {
    long windows = Math.max(0, values.length - size);
    return isStepwise() ? values.length : windows * size / (isFast() ? FAST : SLOW);
  }

  /** One value for each window that is whole, that of the first {@code size} values left out. */
  double[] results() {
    if (size == 0) {
      return Rows.nothing(values.length);
    }
    if (size >= values.length) {
      return new double[0];
    }
    double[] results = Rows.nothing(values.length - size);
    int[] there = there();
    if (isStepwise()) {
      stepwise(results, there);
      return results;
    }
    if (isSum()) {
      blocks(results, there);
      return results;
    }
    if (aggregation == Aggregation.MEDIAN) {
      medians(results, there);
      return results;
    }
    for (int i = 0; i < results.length; i++) {
      int from = i + 1;
      if (Aggregation.enough(there[i], size, xFilesFactor)) {
        results[i] = ofWindow(from, from + size);
      }
    }
    return results;
  }

  /** As graphite, which leaves out what is nothing before it multiplies. */
  private double ofWindow(int from, int to) {
    if (aggregation == Aggregation.MULTIPLY || aggregation == Aggregation.AVG_ZERO) {
      double[] there = Arrays.stream(values, from, to).filter(v -> !Double.isNaN(v)).toArray();
      return aggregation.of(there);
    }
    return aggregation.of(values, from, to);
  }

  /** How many values are in each window. */
  private int[] there() {
    int[] there = new int[values.length - size];
    int count = Aggregation.count(values, 0, size);
    for (int i = 0; i < there.length; i++) {
      count += Double.isNaN(values[i + size]) ? 0 : 1;
      count -= Double.isNaN(values[i]) ? 0 : 1;
      there[i] = count;
    }
    return there;
  }

  /** Whether a window follows from that before it, to the last digit. */
  private boolean isStepwise() {
    return switch (aggregation) {
      case MIN, MAX -> true;
      case SUM, AVERAGE -> isExact();
      default -> false;
    };
  }

  private boolean isFast() {
    return isSum() || aggregation == Aggregation.MEDIAN;
  }

  private void medians(double[] results, int[] there) {
    SortedWindow window = new SortedWindow(size + 1);
    for (int i = 0; i < values.length; i++) {
      window.add(values[i]);
      if (i >= size) {
        window.remove(values[i - size]);
        boolean enough = Aggregation.enough(there[i - size], size, xFilesFactor);
        results[i - size] = enough ? window.median() : Double.NaN;
      }
    }
  }

  private boolean isSum() {
    return aggregation == Aggregation.SUM || aggregation == Aggregation.AVERAGE;
  }

  /**
   * Adds up many windows beside each other, which the processor does at once; each from its first
   * value to its last, so that the last digit is as if it were alone.
   */
  private void blocks(double[] results, int[] there) {
    double[] zeroed = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      zeroed[i] = Double.isNaN(values[i]) ? 0 : values[i];
    }
    double[] sums = new double[BLOCK];
    for (int from = 0; from < results.length; from += BLOCK) {
      int count = Math.min(BLOCK, results.length - from);
      Arrays.fill(sums, 0);
      for (int k = 1; k <= size; k++) {
        add(zeroed, from + k, sums, count);
      }
      for (int i = 0; i < count; i++) {
        int at = from + i;
        if (Aggregation.enough(there[at], size, xFilesFactor)) {
          results[at] = aggregation == Aggregation.AVERAGE ? sums[i] / there[at] : sums[i];
        }
      }
    }
  }

  private static void add(double[] values, int from, double[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += values[from + i];
    }
  }

  private boolean isExact() {
    double sum = 0;
    for (double value : values) {
      if (!Double.isNaN(value) && value != Math.rint(value)) {
        return false;
      }
      sum += Double.isNaN(value) ? 0 : Math.abs(value);
    }
    return sum < MOST_EXACT;
  }

  private void stepwise(double[] results, int[] there) {
    if (aggregation == Aggregation.MIN || aggregation == Aggregation.MAX) {
      extremes(results, there, aggregation == Aggregation.MAX);
    } else {
      sums(results, there, aggregation == Aggregation.AVERAGE);
    }
  }

  private void sums(double[] results, int[] there, boolean average) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Double.isNaN(values[i]) ? 0 : values[i];
    }
    for (int i = 0; i < results.length; i++) {
      sum += Double.isNaN(values[i + size]) ? 0 : values[i + size];
      sum -= Double.isNaN(values[i]) ? 0 : values[i];
      if (Aggregation.enough(there[i], size, xFilesFactor)) {
        results[i] = average ? sum / there[i] : sum;
      }
    }
  }

  /** Keeps the indices of values that no later one has overtaken. */
  private void extremes(double[] results, int[] there, boolean most) {
    Deque<Integer> best = new ArrayDeque<>();
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      if (!Double.isNaN(value)) {
        while (!best.isEmpty()
            && (most ? values[best.peekLast()] <= value : values[best.peekLast()] >= value)) {
          best.removeLast();
        }
        best.addLast(i);
      }
      while (!best.isEmpty() && best.peekFirst() <= i - size) {
        best.removeFirst();
      }
      int at = i - size;
      if (at >= 0 && Aggregation.enough(there[at], size, xFilesFactor)) {
        results[at] = values[best.peekFirst()];
      }
    }
  }
}
