package io.cadenza.render.function;

import io.cadenza.render.RenderException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many values become one: what {@code summarize}, {@code aggregate} and others are told by
 * name. Sums go from the first to the last value, as Python's do, so that the last digit is the
 * same.
 */
enum Aggregation {
  AVERAGE("average", "avg") {
    @Override
    double of(double[] values, int from, int to) {
      int count = count(values, from, to);
      return count == 0 ? Double.NaN : sum(values, from, to) / count;
    }
  },
  AVG_ZERO("avg_zero") {
    @Override
    double of(double[] values, int from, int to) {
      return to <= from ? Double.NaN : sum(values, from, to) / (to - from);
    }
  },
  MEDIAN("median") {
    @Override
    double of(double[] values, int from, int to) {
      double[] sorted = sorted(values, from, to);
      int middle = sorted.length / 2;
      if (sorted.length == 0) {
        return Double.NaN;
      }
      boolean odd = sorted.length % 2 == 1;
      return odd ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
  },
  SUM("sum", "total") {
    @Override
    double of(double[] values, int from, int to) {
      return count(values, from, to) == 0 ? Double.NaN : sum(values, from, to);
    }
  },
  MIN("min") {
    @Override
    double of(double[] values, int from, int to) {
      double least = Double.NaN;
      for (int i = from; i < to; i++) {
        least = values[i] < least || Double.isNaN(least) ? values[i] : least;
      }
      return least;
    }
  },
  MAX("max") {
    @Override
    double of(double[] values, int from, int to) {
      double most = Double.NaN;
      for (int i = from; i < to; i++) {
        most = values[i] > most || Double.isNaN(most) ? values[i] : most;
      }
      return most;
    }
  },
  /** The first value without all that follow. */
  DIFF("diff") {
    @Override
    double of(double[] values, int from, int to) {
      double rest = Double.NaN;
      for (int i = from; i < to; i++) {
        if (!Double.isNaN(values[i])) {
          rest = Double.isNaN(rest) ? values[i] : rest - values[i];
        }
      }
      return rest;
    }
  },
  STDDEV("stddev") {
    @Override
    double of(double[] values, int from, int to) {
      int count = count(values, from, to);
      double average = sum(values, from, to) / count;
      double squares = 0;
      for (int i = from; i < to; i++) {
        double off = values[i] - average;
        squares += Double.isNaN(off) ? 0 : off * off;
      }
      return count == 0 ? Double.NaN : Math.sqrt(squares / count);
    }
  },
  COUNT("count") {
    @Override
    double of(double[] values, int from, int to) {
      return count(values, from, to);
    }
  },
  RANGE("range", "rangeOf") {
    @Override
    double of(double[] values, int from, int to) {
      return MAX.of(values, from, to) - MIN.of(values, from, to);
    }
  },
  /** Nothing where one of them is nothing. */
  MULTIPLY("multiply") {
    @Override
    double of(double[] values, int from, int to) {
      double product = to <= from ? Double.NaN : 1;
      for (int i = from; i < to; i++) {
        product *= values[i];
      }
      return product;
    }
  },
  LAST("last", "current") {
    @Override
    double of(double[] values, int from, int to) {
      int i = to - 1;
      while (i >= from && Double.isNaN(values[i])) {
        i--;
      }
      return i < from ? Double.NaN : values[i];
    }
  };

  private static final String SERIES = "Series";

  private final List<String> words;

  Aggregation(String... words) {
    this.words = List.of(words);
  }

  /** That of the values from one index up to another, NaN for none. */
  abstract double of(double[] values, int from, int to);

  double of(double[] values) {
    return of(values, 0, values.length);
  }

  /**
   * That of a name.
   *
   * @throws RenderException when nothing is called so
   */
  static Aggregation named(String name) {
    for (Aggregation each : values()) {
      if (each.words.contains(name)) {
        return each;
      }
    }
    throw RenderException.invalid("Unsupported aggregation function: " + name);
  }

  /**
   * What the names of functions that combine series end in, such as {@code sumSeries}, left out.
   */
  static String withoutSeries(String name) {
    return name.endsWith(SERIES) ? name.substring(0, name.length() - SERIES.length()) : name;
  }

  /** All names, the shorter ones too. */
  static List<String> names() {
    return Arrays.stream(values()).flatMap(each -> each.words.stream()).toList();
  }

  /** Whether a parameter may be this: a name, or one with {@code Series} behind it. */
  static boolean isName(String text) {
    return names().contains(withoutSeries(text));
  }

  /** All that a legend may ask for. */
  static List<String> namesWithSeries() {
    List<String> all = new ArrayList<>(names());
    names().forEach(name -> all.add(name + SERIES));
    return all;
  }

  /** How many of them are there. */
  static int count(double[] values, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += Double.isNaN(values[i]) ? 0 : 1;
    }
    return count;
  }

  static double[] sorted(double[] values, int from, int to) {
    double[] there = new double[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(values[i])) {
        there[count++] = values[i];
      }
    }
    double[] sorted = count == there.length ? there : Arrays.copyOf(there, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static double sum(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Double.isNaN(values[i]) ? 0 : values[i];
    }
    return sum;
  }

  /** Whether so many that are there are enough. */
  static boolean enough(int there, double all, double xFilesFactor) {
    return there > 0 && all > 0 && there / all >= xFilesFactor;
  }
}
