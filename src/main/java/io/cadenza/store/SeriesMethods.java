package io.cadenza.store;

import java.io.IOException;

/**
 * The aggregation methods of the series of a store that keeps one with each: carbon's metadata. May
 * block; any thread.
 */
public interface SeriesMethods {
  /**
   * That of a series.
   *
   * @throws IOException when there is no such series, or it can't be read
   */
  Aggregate method(String key) throws IOException;

  /**
   * Changes it, for what is aggregated from now on.
   *
   * @return what it was before
   * @throws IOException when there is no such series, or it can't be written
   */
  Aggregate method(String key, Aggregate other) throws IOException;
}
