package io.cadenza.render.chart;

import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.List;

/** What of series is drawn: lines with no more points than can be seen. */
final class Traces {
  /** Of a picture: many lines are told by fewer each. */
  private static final int MOST_POINTS = 1_000_000;

  private static final int FEWEST_COLUMNS = 16;

  private final List<Trace> all;

  private Traces(List<Trace> all) {
    this.all = all;
  }

  /**
   * @param pens of each series
   */
  static Traces of(
      List<Series> series, List<Pen> pens, ChartOptions options, long from, long until) {
    int columns = columns(series.size(), options.width());
    boolean all = options.drawing().area() == AreaMode.STACKED;
    boolean zeros = options.drawing().nullAsZero();
    Stack stack = new Stack(standing(series, pens, all), from, until, columns);
    List<Trace> traces = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      Series one = series.get(i);
      Pen pen = pens.get(i);
      if (pen.stacked()) {
        traces.add(stack.addSum(one, pen));
      } else if (all) {
        traces.add(stack.add(one, pen, zeros));
      } else {
        double[] values = zeros ? zeroForNull(one.values()) : one.values();
        Thinning thin = new Thinning(one.start(), one.step(), values);
        thin.between(from, until, columns);
        traces.add(new Trace(pen, thin.times(), thin.values(), null));
      }
    }
    return new Traces(traces);
  }

  private static List<Series> standing(List<Series> series, List<Pen> pens, boolean all) {
    List<Series> standing = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      if (all || pens.get(i).stacked()) {
        standing.add(series.get(i));
      }
    }
    return standing;
  }

  private static int columns(int series, int width) {
    int fair = MOST_POINTS / Thinning.A_COLUMN / Math.max(1, series);
    return Math.max(FEWEST_COLUMNS, Math.min(width, fair));
  }

  /** How many points the lines of a picture have together, at most. */
  static int mostPoints(List<Series> series, int width) {
    int most = Thinning.A_COLUMN * columns(series.size(), width);
    int points = 0;
    for (Series one : series) {
      points += Math.min(most, one.values().length);
    }
    return points;
  }

  private static double[] zeroForNull(double[] values) {
    double[] whole = values.clone();
    for (int i = 0; i < whole.length; i++) {
      whole[i] = Double.isNaN(whole[i]) ? 0 : whole[i];
    }
    return whole;
  }

  List<Trace> all() {
    return all;
  }

  boolean isAnyOnRight() {
    return all.stream().anyMatch(trace -> trace.pen.right());
  }

  /**
   * Of all that is drawn by one scale, with the ground of what is filled; NaN when nothing is.
   *
   * @param right which of the two
   */
  double least(boolean right) {
    double least = Double.NaN;
    for (Trace trace : all) {
      for (int i = 0; i < trace.values.length && counts(trace, right); i++) {
        double value = trace.values[i];
        least = lower(least, trace.isFilled() ? Math.min(value, trace.groundAt(i)) : value);
      }
    }
    return least;
  }

  /** As {@link #least}. */
  double most(boolean right) {
    double most = Double.NaN;
    for (Trace trace : all) {
      for (int i = 0; i < trace.values.length && counts(trace, right); i++) {
        double value = trace.values[i];
        most = -lower(-most, -(trace.isFilled() ? Math.max(value, trace.groundAt(i)) : value));
      }
    }
    return most;
  }

  private static boolean counts(Trace trace, boolean right) {
    return trace.pen.right() == right && !trace.pen.infinite() && !trace.pen.hidden();
  }

  private static double lower(double known, double other) {
    if (Double.isNaN(other)) {
      return known;
    }
    return other >= known ? known : other;
  }
}
