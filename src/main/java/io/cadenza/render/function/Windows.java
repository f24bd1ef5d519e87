package io.cadenza.render.function;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The aggregation of each value with those before it, as far as a window reaches. */
final class Windows {
  /** Sums of whole numbers up to here are exact in whichever order they are added. */
  private static final double MOST_EXACT = 1L << 53;

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
    return isStepwise() ? values.length : windows * size / 8;
  }

  /** One value for each window that is whole, that of the first {@code size} values left out. */
  double[] results() {
    if (size == 0) {
      return Rows.nothing(values.length);
    }
    double[] results = Rows.nothing(Math.max(0, values.length - size));
    int[] there = there();
    if (isStepwise()) {
      stepwise(results, there);
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
    int[] there = new int[Math.max(0, values.length - size)];
    int count = Aggregation.count(values, 0, Math.min(size, values.length));
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
    for (int i = 0; i < Math.min(size, values.length); i++) {
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
        while (!best.isEmpty() && (most ? values[best.peekLast()] <= value
            : values[best.peekLast()] >= value)) {
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
