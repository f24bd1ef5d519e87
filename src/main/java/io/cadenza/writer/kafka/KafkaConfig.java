package io.cadenza.writer.kafka;

import io.cadenza.config.Secret;
import io.cadenza.config.Settings;
import io.cadenza.store.Retention;
import io.cadenza.store.Retentions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A store that is topics of Kafka, as configured; reference.conf describes every key under {@code
 * defaults.kafka}.
 *
 * @param servers host and port of those asked first
 * @param retentions finest first: the step of points that have none, and how long points are kept
 *     where nobody says
 * @param flat whether messages are Cadent's later ones, else its first ones
 * @param acksAll whether a message counts as written when all replicas have it, else the leader
 * @param maxRetry nothing for as often as it takes
 * @param flushTime how long a request waits for more messages
 * @param batchCount messages on their way at once
 * @param buffer bytes of messages on their way
 * @param writeTimeout of a batch
 * @param properties further ones of Kafka's producer, some of them secret
 */
public record KafkaConfig(
    List<String> servers,
    List<Retention> retentions,
    String metricTopic,
    String indexTopic,
    boolean writeIndex,
    boolean flat,
    String compression,
    boolean acksAll,
    OptionalInt maxRetry,
    Duration flushTime,
    int batchCount,
    long buffer,
    Duration writeTimeout,
    Map<String, Secret> properties) {
  private static final int PORT = 9092;
  private static final int LONGEST_TOPIC = 249;
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final String[] COMPRESSIONS = {"none", "gzip", "snappy", "lz4", "zstd"};

  public KafkaConfig {
    servers = List.copyOf(servers);
    retentions = List.copyOf(retentions);
    properties = Map.copyOf(properties);
  }

  /** Reads a store's block that says {@code driver = kafka}. */
  public static KafkaConfig read(Settings s) {
    Map<String, Secret> properties = s.secrets("properties");
    ProducerProperties.check(s, properties);
    OptionalInt maxRetry = maxRetry(s);
    boolean acksAll = s.text(s.has("ack-type") ? "ack-type" : "acks", "local", "all").equals("all");
    if (acksAll) {
      ProducerProperties.checkOnce(s, maxRetry.orElse(1), properties);
    }
    return new KafkaConfig(
        servers(s),
        Retentions.read(s, "retentions"),
        topic(s, "metric-topic"),
        topic(s, "index-topic"),
        s.flag("write-index"),
        s.text("format", "cadent", "flat").equals("flat"),
        s.text(s.has("compress") ? "compress" : "compression", COMPRESSIONS),
        acksAll,
        maxRetry,
        s.duration("flush-time", Duration.ZERO, Duration.ofMinutes(1)),
        s.count("batch-count", 1, 1_000_000),
        s.bytes("buffer", 1 << 20, 1L << 40),
        s.duration("write-timeout", MILLI, Duration.ofHours(1)),
        properties);
  }

  private static OptionalInt maxRetry(Settings s) {
    return s.has("max-retry")
        ? OptionalInt.of(s.count("max-retry", 0, Integer.MAX_VALUE))
        : OptionalInt.empty();
  }

  private static List<String> servers(Settings s) {
    List<String> servers = new ArrayList<>();
    for (String text : s.text("dsn").split(",", -1)) {
      String server = withPort(text.strip());
      if (server == null) {
        s.problem("dsn", "\"" + text + "\" is no host and port; give host:9092,host:9092");
      } else {
        servers.add(server);
      }
    }
    return servers;
  }

  /** Null when it is no address. */
  private static String withPort(String text) {
    int bracket = text.lastIndexOf(']');
    int colon = text.indexOf(':', Math.max(0, bracket));
    String host = colon < 0 ? text : text.substring(0, colon);
    String port = colon < 0 ? Integer.toString(PORT) : text.substring(colon + 1);
    boolean digits = !port.isEmpty() && port.length() < 6 && isOf(port, "0123456789");
    boolean bad = host.isEmpty() || host.indexOf('/') >= 0 || host.indexOf('@') >= 0;
    boolean fits = digits && Integer.parseInt(port) > 0 && Integer.parseInt(port) < 65_536;
    return bad || !fits ? null : host + ":" + port;
  }

  private static String topic(Settings s, String key) {
    String topic = s.text(key);
    boolean plain = topic.chars().allMatch(KafkaConfig::isTopicCharacter);
    boolean dots = topic.equals(".") || topic.equals("..");
    if (topic.isEmpty() || topic.length() > LONGEST_TOPIC || dots || !plain) {
      s.problem(
          key,
          "\"" + topic + "\" is no topic: 1 to 249 letters, digits, dots, _ and -, not . or ..");
    }
    return topic;
  }

  private static boolean isTopicCharacter(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
  }

  private static boolean isOf(String text, String characters) {
    return text.chars().allMatch(c -> characters.indexOf(c) >= 0);
  }
}
