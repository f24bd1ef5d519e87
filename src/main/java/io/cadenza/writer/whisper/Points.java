package io.cadenza.writer.whisper;

import java.util.Arrays;

/** Times and values on their way into a file, in the order of their times. One thread. */
final class Points {
  long[] times = new long[64];
  double[] values = new double[64];
  int count;

  void clear() {
    count = 0;
  }

  void add(long time, double value) {
    if (count == times.length) {
      times = Arrays.copyOf(times, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    times[count] = time;
    values[count++] = value;
  }

  /**
   * Points in any order as Python's update_many takes them: of those of one time, the first counts.
   */
  static Points of(long[] times, double[] values) {
    Integer[] order = new Integer[times.length];
    Arrays.setAll(order, i -> times.length - 1 - i);
    Arrays.sort(order, (a, b) -> Long.compare(times[a], times[b]));
    Points points = new Points();
    for (int i : order) {
      points.add(times[i], values[i]); // The last of an interval is the one that is written.
    }
    return points;
  }
}
