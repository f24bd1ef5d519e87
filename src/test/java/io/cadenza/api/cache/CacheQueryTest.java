package io.cadenza.api.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.api.Holding;
import io.cadenza.api.Library;
import io.cadenza.api.Metadata;
import io.cadenza.config.Url;
import io.cadenza.format.PickleReader;
import io.cadenza.index.NameIndex;
import io.cadenza.meter.CacheQueryMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheQueryTest {
  private final Vertx vertx = Vertx.vertx();
  private final CacheQueryMeters meters =
      new CacheQueryMeters(new Meters(new SimpleMeterRegistry()));
  private final Map<String, List<Cached.Point>> waiting = new ConcurrentHashMap<>();
  private final Map<String, String> methods = new ConcurrentHashMap<>();
  private CacheQueryVerticle verticle;

  @BeforeEach
  void start() {
    NameIndex index = new NameIndex();
    byte[] known = "a.b".getBytes(StandardCharsets.UTF_8);
    index.add(known, 0, known.length);
    methods.put("a.b", "average");
    Metadata metadata =
        new Metadata() {
          @Override
          public String get(String key, String what) {
            return methods.get(key);
          }

          @Override
          public String set(String key, String what, String value) {
            return methods.put(key, value);
          }
        };
    Library library = () -> List.of(new Holding("s", index, null, metadata, Duration.ofDays(1)));
    CacheQueryConfig config =
        new CacheQueryConfig(
            Optional.of(Url.parse("tcp://127.0.0.1:0", Url.NO_PORT)),
            List.of(),
            4096,
            3,
            Duration.ofMinutes(1),
            2);
    verticle =
        new CacheQueryVerticle(
            config, library, metric -> waiting.getOrDefault(metric, List.of()), meters);
    vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** A frame with the pickle of a dict of texts, protocol 0. */
  private static byte[] dict(String... keysAndValues) {
    StringBuilder text = new StringBuilder("(d");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      text.append("S'").append(keysAndValues[i]).append("'\n");
      String value = keysAndValues[i + 1];
      text.append(value.startsWith("(") ? value : "S'" + value + "'\n").append('s');
    }
    return frame(text.append('.').toString());
  }

  private static byte[] frame(String pickle) {
    byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  private static Object answer(DataInputStream in) throws IOException {
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    assertThat(frame).startsWith(0x80, 2);
    return PickleReader.unpickle(frame, 0, frame.length);
  }

  private Object ask(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), verticle.port())) {
      socket.getOutputStream().write(request);
      return answer(new DataInputStream(socket.getInputStream()));
    }
  }

  @Test
  void tellsThePointsThatWait() throws IOException {
    waiting.put("a.b", List.of(new Cached.Point(10, 1.5), new Cached.Point(20, 2)));

    assertThat(ask(dict("type", "cache-query", "metric", "a.b")))
        .isEqualTo(Map.of("datapoints", List.of(List.of(10L, 1.5), List.of(20L, 2.0))));
    assertThat(ask(dict("type", "cache-query", "metric", "no.such")))
        .isEqualTo(Map.of("datapoints", List.of()));
  }

  @Test
  void findsSeriesWhateverTheOrderOfTheirTags() throws IOException {
    waiting.put("m;a=1;b=2", List.of(new Cached.Point(10, 1)));

    assertThat(ask(dict("type", "cache-query", "metric", "m;b=2;a=1")))
        .isEqualTo(Map.of("datapoints", List.of(List.of(10L, 1.0))));
  }

  @Test
  void tellsOfManyMetricsAtOnce() throws IOException {
    waiting.put("a", List.of(new Cached.Point(10, 1)));

    assertThat(ask(dict("type", "cache-query-bulk", "metrics", "(lS'a'\naS'b'\na")))
        .isEqualTo(
            Map.of("datapointsByMetric", Map.of("a", List.of(List.of(10L, 1.0)), "b", List.of())));
    assertThat(ask(dict("type", "cache-query-bulk", "metrics", "(lS'a'\naS'a'\naS'a'\naS'a'\na")))
        .isEqualTo(Map.of("error", "more than 3 metrics are asked for"));
  }

  @Test
  void tellsAndChangesMetadata() throws IOException {
    String[] get = {"type", "get-metadata", "metric", "a.b", "key", "aggregationMethod"};

    assertThat(ask(dict(get))).isEqualTo(Map.of("value", "average"));
    assertThat(
            ask(
                dict(
                    "type",
                    "set-metadata",
                    "metric",
                    "a.b",
                    "key",
                    "aggregationMethod",
                    "value",
                    "max")))
        .isEqualTo(Map.of("old_value", "average", "new_value", "max"));
    assertThat(ask(dict(get))).isEqualTo(Map.of("value", "max"));
    get[3] = "no.such";
    assertThat(ask(dict(get))).isEqualTo(Map.of("error", "no such metric"));
  }

  @Test
  void anUnknownTypeIsAnError() throws IOException {
    assertThat(ask(dict("type", "odd"))).isEqualTo(Map.of("error", "Invalid request type \"odd\""));
    assertThat(ask(dict("type", "cache-query"))).isEqualTo(Map.of("error", "metric is no text"));
  }

  @Test
  void answersManyRequestsOfAConnectionInOrder() throws IOException {
    waiting.put("a", List.of(new Cached.Point(10, 1)));
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    String[] get = {"type", "get-metadata", "metric", "a.b", "key", "aggregationMethod"};
    for (int i = 0; i < 20; i++) {
      requests.writeBytes(dict("type", "cache-query", "metric", "a"));
      requests.writeBytes(dict(get));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), verticle.port())) {
      for (byte one : requests.toByteArray()) {
        socket.getOutputStream().write(one);
      }
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (int i = 0; i < 20; i++) {
        assertThat(answer(in)).isEqualTo(Map.of("datapoints", List.of(List.of(10L, 1.0))));
        assertThat(answer(in)).isEqualTo(Map.of("value", "average"));
      }
    }
  }

  @Test
  void hangsUpOnWhatIsNoRequest() throws IOException {
    for (String pickle : List.of("cos\nsystem\n(S'true'\ntR.", "garbage", "(lS'a'\na.", "")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), verticle.port())) {
        socket.getOutputStream().write(frame(pickle));
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), verticle.port())) {
      socket.getOutputStream().write(new byte[] {0x7f, 0, 0, 0});
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(meters.refused.sum()).isEqualTo(5);
  }

  @Test
  void closesConnectionsBeyondTheBound() throws IOException {
    try (Socket one = new Socket(InetAddress.getLoopbackAddress(), verticle.port());
        Socket two = new Socket(InetAddress.getLoopbackAddress(), verticle.port());
        Socket three = new Socket(InetAddress.getLoopbackAddress(), verticle.port())) {
      assertThat(three.getInputStream().read()).isEqualTo(-1);
      assertThat(meters.connectionsRefused.sum()).isEqualTo(1);
      one.getOutputStream().write(dict("type", "cache-query", "metric", "a"));
      assertThat(answer(new DataInputStream(one.getInputStream())))
          .isEqualTo(Map.of("datapoints", List.of()));
      assertThat(two.isClosed()).isFalse();
    }
    await().untilAsserted(() -> assertThat(meters.requests.sum()).isEqualTo(1));
  }
}
