package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;

/**
 * A span of one partition of which it is not known what is stored, and what is learnt by reading
 * it.
 */
final class Gap {
  private final PointTable.Selection rows;
  private final ByteBuffer path;
  private final Known known;
  private final long begin;
  private final long end;

  /**
   * @param begin seconds
   * @param end seconds, exclusive
   */
  Gap(PointTable.Selection rows, ByteBuffer path, Known known, long begin, long end) {
    this.rows = rows;
    this.path = path;
    this.known = known;
    this.begin = begin;
    this.end = end;
  }

  Reads.Read read() {
    return new Reads.Read(rows.rows(path, begin, end), this::learn);
  }

  private void learn(Row row) {
    long time = rows.time(row);
    // What a failed write may have left there is no news: what was there before is known better.
    if (!known.knows(time)) {
      known.learn(time, rows.interval(row));
    }
  }

  /** All of it has been read: there is nothing but what was learnt. */
  void isRead() {
    known.learnSpan(begin, end);
  }
}
