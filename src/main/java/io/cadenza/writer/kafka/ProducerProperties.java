package io.cadenza.writer.kafka;

import io.cadenza.config.Secret;
import io.cadenza.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigValue;

/** What Kafka's producer is told. */
final class ProducerProperties {
  /** Four times Kafka's own: there is more than one message to be sent as a rule. */
  private static final int BATCH_BYTES = 64 << 10;

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Properties that are made of keys of our own, with those. */
  private static final Map<String, String> OWN =
      Map.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "dsn",
          ProducerConfig.ACKS_CONFIG, "acks",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "acks",
          ProducerConfig.COMPRESSION_TYPE_CONFIG, "compression",
          ProducerConfig.RETRIES_CONFIG, "max-retry",
          ProducerConfig.LINGER_MS_CONFIG, "flush-time",
          ProducerConfig.BUFFER_MEMORY_CONFIG, "buffer",
          ProducerConfig.MAX_BLOCK_MS_CONFIG, "write-timeout",
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "write-timeout");

  private static final List<String> SERIALIZERS =
      List.of(
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG);

  private ProducerProperties() {}

  /** Tells of properties that are not to be given, or that Kafka does not take. */
  static void check(Settings s, Map<String, Secret> properties) {
    Map<String, String> given = new HashMap<>();
    for (Map.Entry<String, Secret> property : properties.entrySet()) {
      String name = property.getKey();
      if (OWN.containsKey(name)) {
        s.problem("properties", name + " can't be given; there is the key " + OWN.get(name));
      } else if (SERIALIZERS.contains(name)) {
        s.problem("properties", name + " can't be given");
      } else {
        given.put(name, property.getValue().reveal());
      }
    }
    for (ConfigValue value : ProducerConfig.configDef().validate(given)) {
      if (given.containsKey(value.name()) && !value.errorMessages().isEmpty()) {
        s.problem("properties", value.name() + " has a value that Kafka does not take");
      }
    }
  }

  /** What has a producer that writes each message once: Kafka does not start it otherwise. */
  static void checkOnce(Settings s, int maxRetry, Map<String, Secret> properties) {
    if (maxRetry == 0) {
      s.problem("max-retry", "is 0, which goes with acks = local only; give 1 or more, or null");
    }
    Secret inFlight = properties.get(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
    if (inFlight != null && !inFlight.reveal().matches("[1-5]")) {
      s.problem(
          "properties",
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION
              + " is from 1 to 5 with acks = all, so that each message is written once");
    }
  }

  /** All of it; with secrets, so not to be shown. */
  static Map<String, String> of(KafkaConfig config) {
    Map<String, String> all = new HashMap<>();
    all.put(ProducerConfig.CLIENT_ID_CONFIG, "cadenza");
    all.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000");
    all.put(
        ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
        Long.toString(CONNECT.toMillis()));
    all.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
    config.properties().forEach((name, value) -> all.put(name, value.reveal()));
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", config.servers()));
    all.put(ProducerConfig.ACKS_CONFIG, config.acksAll() ? "all" : "1");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, Boolean.toString(config.acksAll()));
    all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, config.compression());
    all.put(
        ProducerConfig.RETRIES_CONFIG,
        Integer.toString(config.maxRetry().orElse(Integer.MAX_VALUE)));
    all.put(ProducerConfig.LINGER_MS_CONFIG, Long.toString(config.flushTime().toMillis()));
    all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(config.buffer()));
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(config.writeTimeout().toMillis()));
    // A message is not given up by the clock: its outcome would not be known, and it would be sent
    // again as another one. Who waits for it goes on waiting when the batch is tried again.
    all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(Integer.MAX_VALUE));
    return all;
  }
}
