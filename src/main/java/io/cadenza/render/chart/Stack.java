package io.cadenza.render.chart;

import io.cadenza.render.Series;
import java.util.Arrays;
import java.util.List;

/**
 * Lines that stand on each other, from the lowest on. They may have steps of their own, so all are
 * told at the same times: those of the finest, or as far apart as the picture's columns are.
 */
final class Stack {
  private final double step;
  private final double[] at;
  private double[] ground;

  /**
   * @param series all that will be put on it
   */
  Stack(List<Series> series, long from, long until, int columns) {
    double finest = series.stream().mapToDouble(Series::step).min().orElse(1);
    step = Math.max(finest, (double) (until - from) / columns);
    // At the times of the first one's values, so that those of equal steps are drawn as they are.
    double first = series.isEmpty() ? from : series.get(0).start();
    double start = first + Math.floor((from - first) / step) * step;
    at = new double[(int) Math.ceil((until - start) / step) + 1];
    Arrays.setAll(at, i -> start + i * step);
    ground = new double[at.length];
  }

  /** Puts one on top, whose values are its own. */
  Trace add(Series series, Pen pen, boolean nullAsZero) {
    double[] own = sampled(series);
    for (int i = 0; i < own.length; i++) {
      own[i] = ground[i] + (nullAsZero && Double.isNaN(own[i]) ? 0 : own[i]);
    }
    return grown(pen, own);
  }

  /** Puts one on top, whose values hold those below it already. */
  Trace addSum(Series series, Pen pen) {
    return grown(pen, sampled(series));
  }

  private Trace grown(Pen pen, double[] top) {
    Trace trace = new Trace(pen, at, top, ground);
    double[] next = new double[top.length];
    Arrays.setAll(next, i -> Double.isNaN(top[i]) ? trace.ground[i] : top[i]);
    ground = next;
    return trace;
  }

  private double[] sampled(Series series) {
    double[] samples = new double[at.length];
    Arrays.setAll(samples, i -> mean(series, at[i], at[i] + step));
    return samples;
  }

  /** Of the values between two times, or of that at the first when there is none between. */
  private static double mean(Series series, double from, double until) {
    double[] values = series.values();
    double width = series.step();
    int first = (int) Math.floor((from - series.start()) / width);
    int end = Math.max(first + 1, (int) Math.ceil((until - series.start()) / width));
    double sum = 0;
    int count = 0;
    for (int i = Math.max(0, first); i < Math.min(end, values.length); i++) {
      if (Double.isFinite(values[i])) {
        sum += values[i];
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
