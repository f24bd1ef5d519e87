package io.cadenza.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.bus.Address;
import io.cadenza.bus.Handover;
import io.cadenza.bus.Lane;
import io.cadenza.bus.Tap;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import io.cadenza.line.LineRun;
import io.cadenza.meter.Events;
import io.cadenza.meter.Meters;
import io.cadenza.scenario.Ports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TapTest {
  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private final Tap main = new Tap("main", 4 << 20);
  private final Tap other = new Tap("other", 4 << 20);
  private int port;

  @BeforeEach
  void start() throws Exception {
    port = Ports.free();
    Handover.register(vertx.eventBus());
    Settings root = Configuration.read("admin.listen = \"127.0.0.1:" + port + "\"", "test");
    AdminConfig config = AdminConfig.read(root.block("admin"));
    AdminVerticle admin =
        new AdminVerticle(
            config,
            meters,
            () -> "",
            Map.of("version", "1"),
            List.of(main, other),
            new Events(meters, InstantSource.system(), 10),
            List::of);
    vertx.deployVerticle(admin).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private HttpResponse<Stream<String>> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
  }

  private void send(Tap tap, String... lines) {
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    new Lane<LineRun>(vertx.eventBus(), Address.tap(tap.name()), tap.window())
        .send(new LineRun(bytes, 0, bytes.length, lines.length), tap.name(), bytes.length);
  }

  @SuppressWarnings("unchecked")
  private long figure(String name) {
    return ((Map<String, Map<String, Long>>) meters.snapshot().get("taps")).get("main").get(name);
  }

  @Test
  void showsTheLinesThatWereAskedFor() throws Exception {
    try (Stream<String> lines = get("/tap/main?prefix=a.&substring=bb").body()) {
      send(other, "a.bb 0 2");
      send(main, "a.x 1 2", "b.bb 1 2", "a.bb 1 2", "a.bxbb 1 2", "a.b 1 2");
      send(main, "a.cbb 2 2");

      Iterator<String> next = lines.iterator();

      assertThat(next.next()).isEqualTo("a.bb 1 2");
      assertThat(next.next()).isEqualTo("a.bxbb 1 2");
      assertThat(next.next()).isEqualTo("a.cbb 2 2");
      assertThat(main.followers()).isEqualTo(1);
      assertThat(other.followers()).isZero();
    }
  }

  @Test
  void showsAllTapsAtOnce() throws Exception {
    try (Stream<String> lines = get("/tap").body()) {
      send(main, "a 1 2");
      send(other, "b 1 2");

      assertThat(lines.limit(2)).containsExactlyInAnyOrder("a 1 2", "b 1 2");
    }
    await().untilAsserted(() -> assertThat(main.followers() + other.followers()).isZero());
  }

  @Test
  void namesTheTapsWhenAskedForAnother() throws Exception {
    HttpResponse<Stream<String>> answer = get("/tap/nope");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).containsExactly("no such tap; known: main, other");
  }

  @Test
  void dropsAndCountsWhatAFollowerDoesNotRead() throws Exception {
    try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), port)) {
      ask(deaf);
      await().until(() -> main.followers() == 1);
      String[] lines = Stream.generate(() -> "key 1 1700000000").limit(3000).toArray(String[]::new);

      await()
          .untilAsserted(
              () -> {
                for (int i = 0; i < 20; i++) {
                  send(main, lines);
                }
                assertThat(figure("dropped")).isPositive();
              });

      await().untilAsserted(() -> assertThat(main.window().taken()).isZero());
      assertThat((figure("dropped") + figure("lines-out")) % 3000).isZero();
    }
    await().untilAsserted(() -> assertThat(main.followers()).isZero());
  }

  private static void ask(Socket socket) throws IOException {
    String request = "GET /tap/main HTTP/1.1\r\nHost: x\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
  }

  @Test
  void tellsItsFigures() throws Exception {
    assertThat(get("/stats").body()).anyMatch(line -> line.contains("\"followers\" : 0"));
  }
}
