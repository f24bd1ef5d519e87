package io.cadenza.accumulate;

import java.io.IOException;

/**
 * What another shard handed over, on its way into an accumulator: some of it at a time, so that
 * lines that come meanwhile need not wait for all. On the thread of the accumulator.
 */
public interface Adoption {
  /**
   * Takes some of what is left.
   *
   * @param most how many keys are read
   * @return whether that was all
   * @throws IOException when it is damaged: what was read before is kept, and nothing more is read
   */
  boolean goOn(int most) throws IOException;
}
