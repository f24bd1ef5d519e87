package io.cadenza.render.chart;

/** How one point is joined with the next: graphite's {@code lineMode}. */
public enum LineMode {
  /** By a straight line; where a value is missing there is a gap. */
  SLOPE,
  /** Each value holds for its whole step; where one is missing there is a gap. */
  STAIRCASE,
  /** By a straight line, over missing values too. */
  CONNECTED
}
