package io.cadenza.store;

import java.util.List;

/** What comes to a store and is not in its cache yet, as accumulators have not flushed it. */
@FunctionalInterface
public interface Unflushed {
  /** Where nothing else comes to a store. */
  Unflushed NONE = (keys, told) -> {};

  /** Is told of the points of a key. */
  interface Told {
    /**
     * @param key its place in the list
     * @param step of the interval in seconds
     * @param finest whether it is one of the finest that there are
     */
    void point(
        int key,
        int step,
        boolean finest,
        long time,
        double min,
        double max,
        double sum,
        long count,
        double first,
        double last);
  }

  /** Tells what there is of some keys. Any worker thread; waits for those that have it a moment. */
  void tell(List<byte[]> keys, Told told);
}
