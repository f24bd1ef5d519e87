package io.cadenza.render.chart;

/** What is filled: graphite's {@code areaMode}. */
public enum AreaMode {
  NONE,
  /** What is below the first line. */
  FIRST,
  /** What is below each line. */
  ALL,
  /** Each line stands on the one before, and what is between them is filled. */
  STACKED
}
