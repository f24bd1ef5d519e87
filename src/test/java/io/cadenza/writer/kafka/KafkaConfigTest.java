package io.cadenza.writer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.writer.StoreConfigs;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConfigTest {
  private static KafkaConfig read(String keys) {
    return StoreConfigs.read("kafka", keys, KafkaConfig::read);
  }

  @Test
  void hasDefaults() {
    KafkaConfig config = read("dsn = \"a:9093, b\"");

    assertThat(config.servers()).containsExactly("a:9093", "b:9092");
    assertThat(config.metricTopic()).isEqualTo("cadent").isEqualTo(config.indexTopic());
    assertThat(config.acksAll()).isTrue();
    assertThat(config.flat()).isFalse();
    assertThat(config.writeIndex()).isTrue();
    assertThat(config.compression()).isEqualTo("none");
    assertThat(config.flushTime()).isEqualTo(Duration.ofMillis(5));
    assertThat(ProducerProperties.of(config))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("buffer.memory", "33554432");
  }

  @Test
  void takesCadentsWords() {
    KafkaConfig config = read("dsn = a, compress = snappy, ack-type = local, max-retry = 0");

    assertThat(config.compression()).isEqualTo("snappy");
    assertThat(config.acksAll()).isFalse();
    assertThat(ProducerProperties.of(config))
        .containsEntry("retries", "0")
        .containsEntry("acks", "1")
        .containsEntry("enable.idempotence", "false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,,b", "a:", "a:0", "a:65536", "a:x", ":1", "http://a", "u:p@a:1"})
  void wantsHostsAndPorts(String dsn) {
    assertThatThrownBy(() -> read("dsn = \"" + dsn + "\"")).hasMessageContaining("dsn");
  }

  @ParameterizedTest
  @CsvSource({"'a/b'", "''", "..", "ä", "'a b'"})
  void wantsTopicsThatKafkaTakes(String topic) {
    assertThatThrownBy(() -> read("dsn = a, metric-topic = \"" + topic + "\""))
        .hasMessageContaining("metric-topic");
  }

  @Test
  void passesPropertiesOnAndShowsNone() {
    KafkaConfig config =
        read("dsn = a, properties { security.protocol = SASL_SSL, \"ssl.key.password\" = hush }");

    assertThat(ProducerProperties.of(config))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("ssl.key.password", "hush");
    assertThat(config.toString()).doesNotContain("hush").contains("ssl.key.password=***");
  }

  @Test
  void tellsAllProblemsAtOnceAndNoSecret() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    compression = bzip2, acks = some, max-retry = -1, batch-count = 0
                    properties {
                      linger.ms = 3, key.serializer = x, receive.buffer.bytes = hush
                    }
                    """))
        .hasMessageContaining("dsn: missing")
        .hasMessageContaining("compression: \"bzip2\" is not one of")
        .hasMessageContaining("acks: \"some\" is not one of local, all")
        .hasMessageContaining("max-retry: -1")
        .hasMessageContaining("batch-count: 0")
        .hasMessageContaining("linger.ms can't be given; there is the key flush-time")
        .hasMessageContaining("key.serializer can't be given")
        .hasMessageContaining("receive.buffer.bytes has a value that Kafka does not take")
        .hasMessageNotContaining("hush");
  }

  @Test
  void tellsWhatDoesNotGoWithWritingOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    dsn = a, max-retry = 0
                    properties { max.in.flight.requests.per.connection = 6 }
                    """))
        .hasMessageContaining("max-retry: is 0")
        .hasMessageContaining("is from 1 to 5");
  }
}
