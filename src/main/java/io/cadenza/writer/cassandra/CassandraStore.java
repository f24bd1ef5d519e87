package io.cadenza.writer.cassandra;

import io.cadenza.store.Aggregate;
import io.cadenza.store.GuessTable;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.MetricReader;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.Retention;
import io.cadenza.store.Store;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A store in Cassandra 4.0 or later. Connects, and makes what is missing of its schema, when a part
 * of it is first used; the parts share the connection, and the last to be closed closes it.
 *
 * <p>A series is written by one process at a time: what is merged is read, then written.
 */
public final class CassandraStore implements Store {
  private final CassandraConfig config;
  private final InstantSource clock;
  private final Connection connection;

  /**
   * @param vertx closes the connection with it, if nobody has before
   */
  public CassandraStore(CassandraConfig config, Vertx vertx, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.connection = new Connection(config, vertx);
  }

  @Override
  public Figures figures() {
    return Figures.ALL;
  }

  @Override
  public List<Retention> steps() {
    return config.retentions();
  }

  @Override
  public Aggregate aggregate(byte[] key, int from, int to) {
    return GuessTable.method(key, from, to);
  }

  @Override
  public MetricWriter writer() {
    return new CassandraWriter(connection, config, clock);
  }

  @Override
  public MetricIndex index() {
    return new CassandraIndex(connection, config);
  }

  @Override
  public Optional<MetricReader> reader() {
    return Optional.of(new CassandraReader(connection, config));
  }
}
