package io.cadenza.writer.kafka;

import io.cadenza.store.Aggregate;
import io.cadenza.store.GuessTable;
import io.cadenza.store.MetricIndex;
import io.cadenza.store.MetricReader;
import io.cadenza.store.MetricWriter;
import io.cadenza.store.Store;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Optional;

/** A store that is topics of Kafka, for whoever consumes them. Any thread. */
public final class KafkaStore implements Store {
  private final Vertx vertx;
  private final KafkaConfig config;
  private final InstantSource clock;

  public KafkaStore(Vertx vertx, KafkaConfig config, InstantSource clock) {
    this.vertx = vertx;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Figures figures() {
    return Figures.ALL;
  }

  @Override
  public Aggregate aggregate(byte[] key, int from, int to) {
    return GuessTable.method(key, from, to);
  }

  @Override
  public MetricWriter writer() {
    return new KafkaWriter(config, new Sender(vertx, config), messages(), clock);
  }

  @Override
  public MetricIndex index() {
    return config.writeIndex()
        ? new KafkaIndex(config, new Sender(vertx, config), messages(), clock)
        : MetricIndex.NONE;
  }

  private Messages messages() {
    return config.flat() ? new FlatMessages() : new CadentMessages();
  }

  @Override
  public Optional<MetricReader> reader() {
    return Optional.empty();
  }
}
