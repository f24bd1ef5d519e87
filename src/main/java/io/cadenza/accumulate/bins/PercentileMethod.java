package io.cadenza.accumulate.bins;

/** How a percentile is found among values. */
public enum PercentileMethod {
  /** Between the two neighbours of the place fraction * (n - 1), as carbon's aggregator. */
  LINEAR {
    @Override
    double of(double[] sorted, int n, double fraction) {
      double place = fraction * (n - 1);
      int left = (int) place;
      double beyond = place - left;
      if (beyond == 0) {
        return sorted[left];
      }
      double between = sorted[left] * (left + 1 - place) + sorted[left + 1] * beyond;
      return Math.max(sorted[left], Math.min(sorted[left + 1], between));
    }
  },
  /** Between those of the place fraction * (n + 1): NIST, R6, as carbon-relay-ng. */
  NIST {
    @Override
    double of(double[] sorted, int n, double fraction) {
      double place = fraction * (n + 1);
      int left = (int) place;
      if (left < 1) {
        return sorted[0];
      }
      if (left >= n) {
        return sorted[n - 1];
      }
      return sorted[left - 1] + (place - left) * (sorted[left] - sorted[left - 1]);
    }
  },
  /** One of the values, the one in place trunc(fraction * n + 0.9), as carbon-c-relay. */
  RANK {
    @Override
    double of(double[] sorted, int n, double fraction) {
      int place = (int) (fraction * n + 0.9);
      return sorted[Math.max(1, Math.min(n, place)) - 1];
    }
  };

  /**
   * @param sorted values in order
   * @param n how many, at least 1
   * @param fraction from 0 to 1
   */
  abstract double of(double[] sorted, int n, double fraction);
}
