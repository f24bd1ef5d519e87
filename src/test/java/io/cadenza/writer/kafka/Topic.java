package io.cadenza.writer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.servers.KafkaServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a topic of one partition has. */
final class Topic {
  /** One message. */
  record Message(String key, String value) {
    JsonObject json() {
      return new JsonObject(value);
    }
  }

  private Topic() {}

  /** All messages from the first to the last there is now. */
  static List<Message> all(KafkaServer server, String topic) {
    Map<String, Object> config = Map.of("bootstrap.servers", server.address());
    var bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      consumer.seekToBeginning(List.of(partition));
      List<Message> all = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(200))) {
          all.add(new Message(new String(one.key(), UTF_8), new String(one.value(), UTF_8)));
        }
      }
      return all;
    }
  }
}
