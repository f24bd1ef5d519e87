package io.cadenza.render;

import java.util.Arrays;

/**
 * Makes fewer values of many, by the function that a series says: one of each so many that follow
 * each other, the last of which may be of fewer.
 */
public final class Consolidation {
  private Consolidation() {}

  /**
   * The values of a series, one for each so many of it. Its own when that is 1.
   *
   * @param each at least 1
   * @throws RenderException when nobody knows the series' function
   */
  public static double[] values(Series series, int each) {
    double[] values = series.values();
    if (each == 1) {
      return values;
    }
    Way way = way(series.consolidation());
    double[] fewer = new double[(values.length + each - 1) / each];
    for (int i = 0; i < fewer.length; i++) {
      int from = i * each;
      int to = Math.min(from + each, values.length);
      int there = there(values, from, to);
      boolean enough = there > 0 && (double) there / each >= series.xFilesFactor();
      fewer[i] = enough ? way.of(values, from, to, there) : Double.NaN;
    }
    return fewer;
  }

  /** One value of all. */
  private interface Way {
    /**
     * @param there how many of them are, at least one
     */
    double of(double[] values, int from, int to, int there);
  }

  private static Way way(String name) {
    return switch (name) {
      case "average", "avg" -> (v, from, to, there) -> sum(v, from, to) / there;
      case "avg_zero" -> (v, from, to, there) -> sum(v, from, to) / (to - from);
      case "sum" -> (v, from, to, there) -> sum(v, from, to);
      case "max" -> Consolidation::max;
      case "min" -> Consolidation::min;
      case "first" -> Consolidation::first;
      case "last" -> Consolidation::last;
      default -> throw RenderException.invalid("Invalid consolidation function: '" + name + "'");
    };
  }

  private static int there(double[] values, int from, int to) {
    int there = 0;
    for (int i = from; i < to; i++) {
      there += Double.isNaN(values[i]) ? 0 : 1;
    }
    return there;
  }

  private static double sum(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Double.isNaN(values[i]) ? 0 : values[i];
    }
    return sum;
  }

  private static double max(double[] values, int from, int to, int there) {
    return Arrays.stream(values, from, to).filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN);
  }

  private static double min(double[] values, int from, int to, int there) {
    return Arrays.stream(values, from, to).filter(v -> !Double.isNaN(v)).min().orElse(Double.NaN);
  }

  private static double first(double[] values, int from, int to, int there) {
    int i = from;
    while (Double.isNaN(values[i])) {
      i++;
    }
    return values[i];
  }

  private static double last(double[] values, int from, int to, int there) {
    int i = to - 1;
    while (Double.isNaN(values[i])) {
      i--;
    }
    return values[i];
  }
}
