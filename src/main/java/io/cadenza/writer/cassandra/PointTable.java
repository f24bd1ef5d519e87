package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cadenza.store.Aggregate;
import io.cadenza.store.Retention;
import java.nio.ByteBuffer;

/** Where the points of one retention are, prepared. Any thread. */
interface PointTable {
  /** A way to read rows: all figures of them, or those that one figure is made of. */
  interface Selection {
    /** The rows of one partition that are from a time to before another. */
    BoundStatement rows(ByteBuffer path, long from, long until);

    /** When the interval of a row begins, in seconds. */
    long time(Row row);

    /** What it has; NaN is what was not selected, and a count of 1. */
    Interval interval(Row row);
  }

  Retention retention();

  /** Which points share a partition. */
  Buckets buckets();

  /**
   * Puts an interval in place of what is there.
   *
   * @param path the bytes of the key, which are UTF-8
   * @param ttl seconds
   */
  BoundStatement insert(ByteBuffer path, long time, Interval interval, int ttl);

  Selection all();

  /** What is needed for one figure. */
  Selection of(Aggregate aggregate);
}
