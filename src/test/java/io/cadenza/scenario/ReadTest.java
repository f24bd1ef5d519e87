package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored, what waits and what is not flushed yet is read over HTTP while a relay runs. */
class ReadTest {
  @TempDir private Path dir;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = Ports.free();
  private final int api = Ports.free();
  private final int queries = Ports.free();
  private final long now = Instant.now().getEpochSecond() / 10 * 10;

  ReadTest() throws IOException {}

  private String conf(String store, String pipelines) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main } }
        stores { local { driver = memory, retentions = ["10s:1h", "1m:1d"], %s } }
        pipelines { %s }
        spool.path = "%s"
        admin { listen = "127.0.0.1:0" }
        api { listen = "127.0.0.1:%d" }
        cache-query { listen = "127.0.0.1:%d" }
        shutdown { deadline = 20s, grace = 100ms }
        """
        .formatted(port, store, pipelines, dir.resolve("spool"), api, queries);
  }

  private void send(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  private String get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api + path)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The values of one series that are there. */
  private List<Double> values(String target) {
    String path = "/render?format=json&from=" + (now - 60) + "&until=" + (now + 30);
    JsonArray all = new JsonArray(get(path + "&target=" + target));
    return all.isEmpty()
        ? List.of()
        : all.getJsonObject(0).getJsonArray("datapoints").stream()
            .map(point -> ((JsonArray) point).getDouble(0))
            .filter(value -> value != null)
            .toList();
  }

  @Test
  void whatIsStoredIsFoundAndDrawn() throws IOException {
    try (WholeRelay relay =
        WholeRelay.start(conf("linger = 10ms", "main { routes = [ { to = [local] } ] }"), "read")) {
      send("app.web1.load 1 " + (now - 20) + "\napp.web2.load 3 " + (now - 20) + "\n");
      await()
          .until(() -> new Figures(relay.stats()).at("stores.local.points-written"), n -> n == 4);

      assertThat(new JsonArray(get("/metrics/find?query=app.*")).stream())
          .extracting(node -> ((JsonObject) node).getString("id"))
          .containsExactly("app.web1", "app.web2");
      assertThat(values("sumSeries(app.*.load)")).containsExactly(4.0);
      assertThat(get("/render?target=app.*.load&format=svg"))
          .startsWith("<svg")
          .contains("app.web2.load");
    }
  }

  @Test
  void whatWaitsIsReadToo() throws IOException {
    try (WholeRelay relay =
        WholeRelay.start(conf("linger = 1h", "main { routes = [ { to = [local] } ] }"), "read")) {
      send("a.sum 1 " + (now - 20) + "\n");
      await().untilAsserted(() -> assertThat(values("a.sum")).containsExactly(1.0));
      send("a.sum 2 " + (now - 20) + "\na.sum 7 " + (now - 10) + "\n");
      await().untilAsserted(() -> assertThat(values("a.sum")).containsExactly(3.0, 7.0));
      assertThat(relay.events()).isEmpty();
    }
  }

  @Test
  void whatAnAccumulatorHasNotFlushedIsReadToo() throws IOException {
    String pipeline =
        "main { accumulate { format = graphite, into = BLACKHOLE, stores = [local],"
            + " times = [\"10s:1h\", \"1m:1d\"] } }";
    try (WholeRelay relay = WholeRelay.start(conf("linger = 1h", pipeline), "read")) {
      send("a.max 1 " + now + "\na.max 5 " + now + "\n");

      // A series is known once it was flushed for the first time.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(values("a.max")).containsExactly(5.0));
      send("a.max 9 " + (now + 10) + "\na.max 7 " + now + "\n");
      await().untilAsserted(() -> assertThat(values("a.max")).containsExactly(7.0, 9.0));
      assertThat(relay.events()).isEmpty();
    }
  }

  @Test
  void graphiteWebAsksForWhatWaits() throws IOException {
    try (WholeRelay relay =
        WholeRelay.start(conf("linger = 1h", "main { routes = [ { to = [local] } ] }"), "read")) {
      send("first 1 " + now + "\n");
      await().untilAsserted(() -> assertThat(values("first")).containsExactly(1.0));
      send("a.b 7 " + (now - 20) + "\n");
      await().untilAsserted(() -> assertThat(values("a.b")).containsExactly(7.0));
      byte[] pickle =
          "(dS'type'\nS'cache-query'\nsS'metric'\nS'a.b'\ns.".getBytes(StandardCharsets.US_ASCII);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), queries)) {
        socket
            .getOutputStream()
            .write(
                ByteBuffer.allocate(4 + pickle.length).putInt(pickle.length).put(pickle).array());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        assertThat(new String(answer, StandardCharsets.ISO_8859_1))
            .contains("datapoints", "@\u001c");
      }
      assertThat(relay.events()).isEmpty();
    }
  }

  @Test
  void theApiIsChangedWhileTheRelayRuns() throws IOException {
    String before = conf("linger = 10ms", "main { routes = [ { to = [local] } ] }");
    try (WholeRelay relay = WholeRelay.start(before, "read")) {
      assertThat(get("/version")).isNotEmpty();

      assertThat(relay.reload(before.replace("api { ", "api { base-path = \"/graphite\", ")))
          .containsExactly("api: changed (base-path)");

      await().untilAsserted(() -> assertThat(get("/graphite/version")).matches("[0-9.]+\\s*"));
    }
  }
}
