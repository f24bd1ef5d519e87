package io.cadenza.render.function;

import io.cadenza.render.Series;
import java.util.Arrays;

/**
 * Forecast of a series by the method of Holt and Winters: a level, a slope and a season, each of
 * which learns from the values.
 *
 * @param predictions what was expected at each point
 * @param deviations how far off that usually is at this place of the season
 */
record HoltWinters(double[] predictions, double[] deviations) {
  private static final double ALPHA = 0.1;
  private static final double BETA = 0.0035;
  private static final double GAMMA = 0.1;

  /**
   * @param season how many points it has, at least 2
   */
  static HoltWinters of(Series series, int season) {
    Learner learner = new Learner(series.values(), season);
    for (int i = 0; i < series.values().length; i++) {
      learner.point(i);
    }
    return new HoltWinters(learner.predictions, learner.deviations);
  }

  /** What is known up to a point. */
  private static final class Learner {
    private final double[] values;
    private final int season;
    private final double[] seasonals;
    private final double[] predictions;
    private final double[] deviations;
    private double level = Double.NaN; // of the point before, nothing after a gap
    private double slope;
    private double next = Double.NaN;

    Learner(double[] values, int season) {
      this.values = values;
      this.season = season;
      this.seasonals = new double[values.length];
      this.predictions = new double[values.length];
      this.deviations = new double[values.length];
      Arrays.fill(predictions, Double.NaN);
    }

    void point(int i) {
      double actual = values[i];
      if (Double.isNaN(actual)) {
        predictions[i] = next;
        level = Double.NaN;
        slope = 0;
        next = Double.NaN;
        return;
      }
      double lastLevel = Double.isNaN(level) ? actual : level;
      double lastSlope = i == 0 ? 0 : slope;
      predictions[i] = i == 0 ? actual : next;
      double seasonal = before(seasonals, i);
      level = ALPHA * (actual - seasonal) + (1 - ALPHA) * (lastLevel + lastSlope);
      slope = BETA * (level - lastLevel) + (1 - BETA) * lastSlope;
      seasonals[i] = GAMMA * (actual - level) + (1 - GAMMA) * seasonal;
      next = level + slope + before(seasonals, i + 1);
      double expected = Double.isNaN(predictions[i]) ? 0 : predictions[i];
      deviations[i] = GAMMA * Math.abs(actual - expected) + (1 - GAMMA) * before(deviations, i);
    }

    private double before(double[] learned, int i) {
      return i < season ? 0 : learned[i - season];
    }
  }
}
