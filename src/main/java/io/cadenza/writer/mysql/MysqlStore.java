package io.cadenza.writer.mysql;

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

/** A store that is tables of MySQL or MariaDB. Any thread. */
public final class MysqlStore implements Store {
  private final Vertx vertx;
  private final MysqlConfig config;
  private final InstantSource clock;

  public MysqlStore(Vertx vertx, MysqlConfig config, InstantSource clock) {
    this.vertx = vertx;
    this.config = config;
    this.clock = clock;
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
    return new MysqlWriter(config, new Session(vertx, config, config.writeTimeout()), clock);
  }

  @Override
  public MetricIndex index() {
    return new MysqlIndex(config, new Session(vertx, config, config.writeTimeout()));
  }

  @Override
  public Optional<MetricReader> reader() {
    return Optional.of(new MysqlReader(vertx, config));
  }
}
