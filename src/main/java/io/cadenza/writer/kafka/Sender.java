package io.cadenza.writer.kafka;

import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that is made when it is first used, and anew after it has failed for good. */
final class Sender implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final KafkaConfig config;
  private Producer<byte[], byte[]> producer;
  private boolean closed;

  Sender(Vertx vertx, KafkaConfig config) {
    this.vertx = vertx;
    this.config = config;
  }

  /**
   * Kafka's own producer, made by Vert.x: its {@code send} is called on the writer's thread, which
   * may block. That of Vert.x hands each message to another such thread first.
   */
  Producer<byte[], byte[]> producer() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    if (producer == null) {
      producer =
          KafkaProducer.create(
                  vertx,
                  ProducerProperties.of(config),
                  new ByteArraySerializer(),
                  new ByteArraySerializer())
              .unwrap();
    }
    return producer;
  }

  /** The producer has failed for good: the next one is another. */
  void renew() {
    close(Duration.ZERO);
  }

  private void close(Duration timeout) {
    Producer<byte[], byte[]> old = producer;
    producer = null;
    if (old != null) {
      old.close(timeout);
    }
  }

  @Override
  public void close() {
    closed = true;
    close(CLOSE);
  }
}
