package io.cadenza.render.function;

import io.cadenza.render.PythonFloat;

/** Numbers in names of series, as graphite formats them. */
final class Numbers {
  private Numbers() {}

  /** {@code %g}. */
  static String general(double number) {
    return PythonFloat.general(number);
  }

  /** {@code str(float)}. */
  static String exact(double number) {
    return Double.isNaN(number) ? "None" : PythonFloat.text(number);
  }

  /** {@code %d}: without what is behind the point. */
  static String whole(double number) {
    return Long.toString((long) number);
  }
}
