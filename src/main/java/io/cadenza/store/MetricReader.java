package io.cadenza.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Reads points of a store. May block; called by several worker threads at once. */
public interface MetricReader extends AutoCloseable {
  /**
   * What is wanted. As graphite has it, points are those after {@code from} up to and with {@code
   * until}, in steps of the finest retention that reaches back to {@code from}.
   *
   * @param keys names, in normal form where they have tags
   * @param from seconds since 1970, exclusive
   * @param until seconds since 1970, inclusive
   * @param now seconds since 1970: what retentions count from
   * @param columns whether all figures of an interval are wanted, and not only its value
   */
  record Query(List<String> keys, long from, long until, long now, boolean columns) {
    public Query {
      keys = List.copyOf(keys);
    }
  }

  /**
   * Reads some series at once.
   *
   * @return by key; those that the store does not have, or has nothing of so far back, are left out
   * @throws Exception when the store can't be asked
   */
  Map<String, Fetched> read(Query query) throws Exception;

  /**
   * The steps that the store has of a key and how long it keeps them, finest first: for points that
   * are not in it yet.
   */
  List<Retention> retentions(String key);

  @Override
  void close() throws IOException;
}
