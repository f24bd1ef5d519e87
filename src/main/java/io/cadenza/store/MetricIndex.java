package io.cadenza.store;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The names that a store keeps beside its points, so that they are known again after a restart.
 * Finding is done in memory, by {@code index.NameIndex}; this fills it. May block; each method is
 * called from one worker thread at a time.
 */
public interface MetricIndex extends AutoCloseable {
  /** Of a store that has none: names are those of its files, or nobody asks. */
  MetricIndex NONE =
      new MetricIndex() {
        @Override
        public void load(Consumer<byte[]> each) {}

        @Override
        public void add(List<byte[]> keys) {}

        @Override
        public void close() {}
      };

  /**
   * Tells all names there are, in any order; called at the start and now and then.
   *
   * @throws Exception when the store can't be asked now: tried again after a while
   */
  void load(Consumer<byte[]> each) throws Exception;

  /**
   * Keeps names that are new to this process; they may be known to the store already.
   *
   * @throws Exception when they could not be kept: all of them are tried again after a while
   */
  void add(List<byte[]> keys) throws Exception;

  @Override
  void close() throws IOException;
}
