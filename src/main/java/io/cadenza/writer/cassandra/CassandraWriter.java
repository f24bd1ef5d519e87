package io.cadenza.writer.cassandra;

import io.cadenza.store.MetricWriter;
import io.cadenza.store.PointBatch;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Writes points, and returns when all are acknowledged. A part of an interval is merged with what
 * is stored of it and written as a whole row, so that a row that is written again is the same: what
 * was stored before is remembered until the write has gone well.
 */
final class CassandraWriter implements MetricWriter {
  private final Connection connection;
  private final CassandraConfig config;
  private final InstantSource clock;
  private final KnownSeries known;
  private boolean closed;

  CassandraWriter(Connection connection, CassandraConfig config, InstantSource clock) {
    this.connection = connection;
    this.config = config;
    this.clock = clock;
    this.known = new KnownSeries(config.mergeSeries());
    connection.join();
  }

  @Override
  public void write(PointBatch batch, Verdicts verdicts) throws Exception {
    if (closed) {
      throw new IOException("closed");
    }
    if (batch.series() == 0) {
      return;
    }
    Tables tables = connection.tables();
    long now = clock.instant().getEpochSecond();
    try {
      new BatchWrite(tables, config, known, now).write(batch).tell(verdicts);
    } catch (IOException e) {
      connection.doubt(tables, e);
      throw e;
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      connection.leave();
    }
  }
}
