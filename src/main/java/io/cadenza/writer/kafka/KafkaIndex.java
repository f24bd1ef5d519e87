package io.cadenza.writer.kafka;

import io.cadenza.store.KeyText;
import io.cadenza.store.MetricIndex;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends a message for each name that is new to this process. None are told: they can't be read. */
final class KafkaIndex implements MetricIndex {
  private final KafkaConfig config;
  private final Sender sender;
  private final Messages messages;
  private final InstantSource clock;

  KafkaIndex(KafkaConfig config, Sender sender, Messages messages, InstantSource clock) {
    this.config = config;
    this.sender = sender;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public void load(Consumer<byte[]> each) {}

  /** Names that were sent before a failure are sent again; they say the same. */
  @Override
  public void add(List<byte[]> keys) throws Exception {
    if (keys.isEmpty()) {
      return;
    }
    Producer<byte[], byte[]> producer = sender.producer();
    Sending sending = new Sending(keys.size(), config.batchCount());
    long deadline = Sending.deadline(config.writeTimeout());
    try {
      for (int i = 0; i < keys.size(); i++) {
        byte[] key = keys.get(i);
        if (KeyText.of(key) != null) {
          byte[] message = messages.index(key, KafkaWriter.now(clock));
          var what = new ProducerRecord<>(config.indexTopic(), messages.messageKey(key), message);
          sending.send(producer, i, what, deadline);
        }
      }
      sending.await(deadline);
    } finally {
      if (sending.failedForGood()) {
        sender.renew();
      }
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
