package io.cadenza.render.function;

import java.util.Arrays;

/** Values in order, one of which goes as another comes: what medians of windows need. */
final class SortedWindow {
  private final double[] sorted;
  private int count;

  /**
   * @param size how many there are at most
   */
  SortedWindow(int size) {
    this.sorted = new double[size];
  }

  /** Adds a value; nothing isn't one. */
  void add(double value) {
    if (!Double.isNaN(value)) {
      int at = Arrays.binarySearch(sorted, 0, count, value);
      at = at < 0 ? -at - 1 : at;
      System.arraycopy(sorted, at, sorted, at + 1, count - at);
      sorted[at] = value;
      count++;
    }
  }

  /** Takes away one that was added. */
  void remove(double value) {
    if (!Double.isNaN(value)) {
      int at = Arrays.binarySearch(sorted, 0, count, value);
      System.arraycopy(sorted, at + 1, sorted, at, count - at - 1);
      count--;
    }
  }

  /** The middle one, or what lies in the middle of two; of at least one. */
  double median() {
    int middle = count / 2;
    return count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
