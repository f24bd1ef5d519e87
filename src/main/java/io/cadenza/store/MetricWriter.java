package io.cadenza.store;

import java.io.IOException;

/**
 * Writes points into a store. Called from one worker thread at a time, may block; its owner calls
 * {@link #close} last. A store that is down at the start does not keep the process from starting:
 * whatever needs it is done with the first write.
 */
public interface MetricWriter extends AutoCloseable {
  /** What becomes of series that are not simply written. */
  interface Verdicts {
    /**
     * The points of a series are not written now, and are tried again later: as a limit has been
     * reached, or only this series could not be written. They are readable from the cache
     * meanwhile.
     */
    void later(int series);

    /**
     * The points of a series can't be written ever; they are counted as dropped.
     *
     * @param reason a word or two for the metric's tag, as {@code bad-name}
     */
    void refused(int series, String reason);

    /**
     * A number of points of a series, which is written otherwise, were not: as they are older than
     * what the store keeps.
     */
    void refused(int series, int points, String reason);
  }

  /**
   * Writes all series of a batch. When it returns, all are written but those that it told of.
   *
   * @throws Exception when the store could not take the batch: after a while the same batch is
   *     tried again, and no other before it is written or the writer is closed; what was written of
   *     it must be such that writing it again changes nothing
   */
  void write(PointBatch batch, Verdicts verdicts) throws Exception;

  /**
   * Called when there is nothing to write for now, at least once a second: for what is done by
   * time, as to flush or to rotate files.
   */
  default void idle() throws Exception {}

  /**
   * The process stops: from now on everything is written as fast as it goes, whatever limits of
   * rates there are.
   */
  default void hurry() {}

  @Override
  void close() throws IOException;
}
