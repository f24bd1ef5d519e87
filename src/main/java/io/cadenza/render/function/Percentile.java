package io.cadenza.render.function;

/** Percentiles by the method of the NIST handbook of engineering statistics, 7.2.5.2. */
final class Percentile {
  private Percentile() {}

  /**
   * The n-th percentile; nothing of nothing.
   *
   * @param sorted without those that are nothing
   * @param interpolate whether it may lie between two values
   */
  static double of(double[] sorted, double n, boolean interpolate) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double exact = n / 100.0 * (sorted.length + 1);
    int rank = (int) exact;
    double fraction = exact - rank;
    if (!interpolate) {
      rank += (int) Math.ceil(fraction);
    }
    int last = sorted.length - 1;
    double value = sorted[Math.max(0, Math.min(rank - 1, last))];
    if (interpolate && rank >= 0 && rank <= last) {
      return value + fraction * (sorted[rank] - value);
    }
    return value;
  }
}
