package io.cadenza.render.chart;

/**
 * One line of a picture: its points in the order of time. A value that is NaN is a gap.
 *
 * <p>Arrays are not copied; nobody changes them once it is made.
 */
final class Trace {
  final Pen pen;

  /** Seconds since 1970. */
  final double[] at;

  final double[] values;

  /** What a filled one stands on at each point; null for zero. */
  final double[] ground;

  Trace(Pen pen, double[] at, double[] values, double[] ground) {
    this.pen = pen;
    this.at = at;
    this.values = values;
    this.ground = ground;
  }

  boolean isFilled() {
    return pen.fill() > 0;
  }

  double groundAt(int point) {
    return ground == null ? 0 : ground[point];
  }
}
