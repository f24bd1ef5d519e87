package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import io.cadenza.servers.CassandraServer;
import io.cadenza.servers.MariaServer;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a socket into a real database that dies and comes back, and out by the API. */
@Timeout(120)
class DatabaseTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SERIES = 500;

  @TempDir private Path dir;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = Ports.free();
  private final int api = Ports.free();
  private final long now = Instant.now().getEpochSecond() / 60 * 60;

  DatabaseTest() throws IOException {}

  private String conf(String store) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main } }
        stores { db { %s, retentions = ["10s:1h", "1m:1d"], linger = 50ms, retry-max = 1s } }
        pipelines { main { routes = [ { to = [db] } ] } }
        spool.path = "%s"
        admin { listen = "127.0.0.1:0" }
        api { listen = "127.0.0.1:%d" }
        shutdown { deadline = 30s, grace = 100ms }
        """
        .formatted(port, store, dir.resolve("spool"), api);
  }

  /** A line for each series: two parts of one interval. */
  private void send(int value) throws IOException {
    String text =
        IntStream.range(0, SERIES)
            .mapToObj(i -> "app.k" + i + ".count " + value + " " + (now - 30 + i % 10) + "\n")
            .collect(Collectors.joining());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  private double total() {
    String path =
        "/render?format=json&target=sumSeries(app.*.count)&from="
            + (now - 60)
            + "&until="
            + (now + 20);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api + path)).build();
    try {
      String json = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return new JsonArray(json)
          .getJsonObject(0).getJsonArray("datapoints").stream()
              .map(point -> ((JsonArray) point).getDouble(0))
              .filter(value -> value != null)
              .mapToDouble(value -> value)
              .sum();
    } catch (IOException | RuntimeException notYet) {
      return -1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long written(WholeRelay relay) {
    Figures figures = new Figures(relay.stats());
    return figures.at("stores.db.points-written") + figures.at("stores.db.points-replaced");
  }

  /** Each line is a point of two steps. */
  private void dies(String store, Runnable kill, Runnable comeBack) throws IOException {
    WholeRelay relay = WholeRelay.start(conf(store), "database");
    try (relay) {
      send(1);
      await().atMost(PATIENCE).until(() -> written(relay) == 2L * SERIES);
      kill.run();
      send(2);
      await().atMost(PATIENCE).until(() -> relay.events().contains("store db takes nothing"));
      send(4);
      comeBack.run();
      await().atMost(PATIENCE).until(() -> written(relay) == 6L * SERIES);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(total()).isEqualTo(7.0 * SERIES));
      assertThat(relay.events()).contains("store db takes points again");
    }
    Figures end = new Figures(relay.stats());
    end.assertBalance(relay);
    assertThat(end.at("stores.db.points-left")).isZero();
    assertThat(end.sum("stores", "db", "dropped")).isZero();

    // Another process knows the names, and reads the same.
    try (WholeRelay again = WholeRelay.start(conf(store), "database")) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(total()).isEqualTo(7.0 * SERIES));
      assertThat(new Figures(again.stats()).at("stores.db.points-in")).isZero();
    }
  }

  @Test
  void everyPointIsInMariaDbOnceThoughItDies() throws IOException {
    try (MariaServer server = MariaServer.start()) {
      String store =
          "driver = mysql, write-timeout = 5s, connect-timeout = 1s, dsn = \"%s\""
              .formatted(server.dsn());
      dies(store, server::kill, server::resume);
    }
  }

  @Test
  void everyPointIsInCassandraOnceThoughItDies() throws IOException {
    try (CassandraServer server = CassandraServer.ofItsOwn(256)) {
      String store =
          ("driver = cassandra, hosts = [\"%s:%d\"], keyspace = scenario, timeout = 2s,"
                  + " replication { class = SimpleStrategy, factor = 1 }")
              .formatted(server.host(), server.port());
      dies(store, server::kill, server::start);
    }
  }
}
