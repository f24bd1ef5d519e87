package io.cadenza.render.function;

/** Two columns of values, pair by pair; where one is longer the other has nothing. */
final class Pairs {
  private Pairs() {}

  /** What is made of two. */
  interface PairFunction {
    double of(double left, double right);
  }

  static double[] map(double[] left, double[] right, PairFunction function) {
    double[] values = new double[Math.max(left.length, right.length)];
    for (int i = 0; i < values.length; i++) {
      double a = i < left.length ? left[i] : Double.NaN;
      double b = i < right.length ? right[i] : Double.NaN;
      values[i] = function.of(a, b);
    }
    return values;
  }

  /** Nothing where it would be divided by nothing. */
  static double quotient(double dividend, double divisor) {
    return divisor == 0 ? Double.NaN : dividend / divisor;
  }

  /** Of a hundred. */
  static double percent(double part, double whole) {
    return quotient(part, whole) * 100;
  }
}
