package io.cadenza.accumulate.statsd;

/**
 * Another spelling of a series' key, with tags as they came: so that cleaning and sorting is done
 * once for each spelling.
 */
final class Alias extends Held {
  private final Series series;

  /**
   * @param key the key and, behind it, the tags as they came
   * @param split where the tags begin
   */
  Alias(byte[] key, int split, int hash, Series series) {
    super(key, split, series.kind(), hash);
    this.series = series;
  }

  @Override
  Series series() {
    return series;
  }
}
