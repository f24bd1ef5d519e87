package io.cadenza.accumulate.bins;

/** Another spelling of a series' key, so that its tags are put in order once and not each time. */
final class Spelling extends Known {
  Spelling(byte[] key, int hash, GraphiteSeries series) {
    super(key, hash);
    this.series = series;
  }
}
