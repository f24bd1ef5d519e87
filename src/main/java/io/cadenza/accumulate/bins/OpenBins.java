package io.cadenza.accumulate.bins;

/** A shard that tells what it has of a key and has not flushed yet. */
public interface OpenBins {
  /**
   * Tells the open bins of a key as points, as they are now. The shard's thread.
   *
   * @param key in normal form where it has tags
   */
  void open(byte[] key, PointSink told);
}
