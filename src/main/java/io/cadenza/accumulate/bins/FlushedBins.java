package io.cadenza.accumulate.bins;

/** Takes the bins that an accumulator flushes, beside their lines. Called on the shard's thread. */
@FunctionalInterface
public interface FlushedBins {
  /** Where nobody wants them. */
  FlushedBins NONE = (key, from, to, seconds, min, max, sum, count, first, last) -> {};

  /**
   * Takes a bin.
   *
   * @param key the key, in {@code key[from, to)}; it may change afterwards
   * @param seconds where the bin begins, since 1970
   * @param count how many values, at least 1
   */
  void bin(
      byte[] key,
      int from,
      int to,
      long seconds,
      double min,
      double max,
      double sum,
      long count,
      double first,
      double last);
}
