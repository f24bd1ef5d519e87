package io.cadenza.accumulate.statsd;

import java.util.Arrays;

/**
 * What is said of the samples of one timer, to the digit as node statsd computes it: sums are made
 * from the smallest value up. From a sketch, what it knows exactly is exact, and the rest comes
 * from its bins. One thread; describes the last timer given; allocates only to grow.
 */
final class TimerStatistics {
  private static final double[] NONE = {};

  private final double[] binCounts = new double[2 * Sketch.MOST_BINS + 1];
  private final double[] binValues = new double[2 * Sketch.MOST_BINS + 1];
  private double[] values = NONE;
  private double[] sums = NONE;
  private double[] squareSums = NONE;
  private Sketch sketch;
  private int bins;

  long count;
  double sum;
  double sumSquares;
  double mean;
  double median;
  double deviation;
  double lower;
  double upper;

  /** What {@link #within} found: the value at the threshold, and sums up to there. */
  double boundary;

  double partSum;
  double partSquares;

  /** Describes a timer that has samples. */
  void describe(TimerSeries timer) {
    sketch = timer.sketch();
    count = timer.count();
    if (sketch == null) {
      describe(timer, (int) count);
    } else {
      describeSketch();
    }
  }

  private void describe(TimerSeries timer, int n) {
    if (sums.length < n) {
      values = new double[n * 2];
      sums = new double[n * 2];
      squareSums = new double[n * 2];
    }
    timer.copy(values); // Their array is not noted: that is not free.
    Arrays.sort(values, 0, n);
    double all = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      all += values[i];
      squares += values[i] * values[i];
      sums[i] = all;
      squareSums[i] = squares;
    }
    sum = all;
    sumSquares = squares;
    mean = all / n;
    lower = values[0];
    upper = values[n - 1];
    int middle = n / 2;
    median = n % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    deviation = deviation(n);
  }

  private double deviation(int n) {
    double differences = 0;
    for (int i = 0; i < n; i++) {
      differences += (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(differences / n);
  }

  private void describeSketch() {
    bins = sketch.spread(binValues, binCounts);
    sum = sketch.sum();
    sumSquares = sketch.squares();
    mean = sum / count;
    lower = sketch.least();
    upper = sketch.most();
    deviation = sketch.deviation();
    median = (atRank((count - 1) / 2) + atRank(count / 2)) / 2;
  }

  /** The value of so many smaller ones; from the bins. */
  private double atRank(long rank) {
    double below = 0;
    for (int i = 0; i < bins; i++) {
      below += binCounts[i];
      if (below > rank) {
        return binValues[i];
      }
    }
    return upper;
  }

  /** Looks at the k smallest values, or the k largest. */
  void within(Threshold threshold, long k) {
    if (sketch != null) {
      withinSketch(threshold.top(), k);
      return;
    }
    int n = (int) count;
    int part = (int) k;
    boundary = threshold.top() ? values[n - part] : values[part - 1];
    if (threshold.top() && part < n) {
      partSum = sums[n - 1] - sums[n - part - 1];
      partSquares = squareSums[n - 1] - squareSums[n - part - 1];
    } else {
      partSum = sums[part - 1];
      partSquares = squareSums[part - 1];
    }
  }

  private void withinSketch(boolean top, long k) {
    boundary = top ? atRank(count - k) : atRank(k - 1);
    partSum = sum;
    partSquares = sumSquares;
    if (k < count) {
      sumBins(top ? count - k : 0, top ? count : k);
    }
  }

  private void sumBins(long from, long to) {
    partSum = 0;
    partSquares = 0;
    double below = 0;
    for (int i = 0; i < bins; i++) {
      double inside = Math.min(to, below + binCounts[i]) - Math.max(from, below);
      if (inside > 0) {
        partSum += inside * binValues[i];
        partSquares += inside * binValues[i] * binValues[i];
      }
      below += binCounts[i];
    }
  }

  /** How many values are below a limit, of all; values from the limit up are not. */
  long below(double limit) {
    if (sketch == null) {
      int low = 0;
      int high = (int) count;
      while (low < high) {
        int middle = (low + high) >>> 1;
        boolean less = values[middle] < limit;
        low = less ? middle + 1 : low;
        high = less ? high : middle;
      }
      return low;
    }
    double below = 0;
    for (int i = 0; i < bins && binValues[i] < limit; i++) {
      below += binCounts[i];
    }
    return (long) below;
  }

  /** The value that so large a part of all are not above: for those who show a few of many. */
  double at(double part) {
    long rank = (long) (part * count);
    return sketch == null ? values[(int) rank] : atRank(rank);
  }
}
