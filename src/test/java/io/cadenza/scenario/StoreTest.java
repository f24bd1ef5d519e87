package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores in a relay that runs: from a socket to what is stored. */
class StoreTest {
  @TempDir private Path dir;

  private final int port = Ports.free();
  private final long now = Instant.now().getEpochSecond();

  StoreTest() throws IOException {}

  private String conf(String format, String stores, String pipelines) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", format = %s, into = main } }
        stores { %s }
        pipelines { %s }
        spool.path = "%s"
        admin { listen = "127.0.0.1:0" }
        shutdown { deadline = 20s, grace = 100ms }
        """
        .formatted(port, format, stores, pipelines, dir.resolve("spool"));
  }

  private void send(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  private interface Use {
    void of(WholeRelay relay) throws IOException;
  }

  /** Starts a relay, uses and stops it; what it tells at the end, when all is in balance. */
  private static Figures run(String conf, Use use) throws IOException {
    WholeRelay relay = WholeRelay.start(conf, "store");
    try (relay) {
      use.of(relay);
    }
    Figures end = figures(relay);
    end.assertBalance(relay);
    assertBalance(end, "local");
    return end;
  }

  private static Figures figures(WholeRelay relay) {
    return new Figures(relay.stats());
  }

  private static void assertBalance(Figures figures, String store) {
    assertThat(figures.sum("stores", store, "points-in"))
        .as("points into %s", store)
        .isEqualTo(
            figures.sum("stores", store, "points-written")
                + figures.sum("stores", store, "points-replaced")
                + figures.sum("stores", store, "points-left")
                + figures.sum("stores", store, "dropped"));
  }

  private String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "app.k" + i % 100 + " " + i + " " + (now - 10 * (i / 100)) + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void aRouteLeadsToAStore() throws IOException {
    String memory = "local { driver = memory, linger = 10ms, retentions = [\"10s:1h\"] }";
    String conf = conf("graphite", memory, "main { routes = [ { to = [local] } ] }");

    Figures end =
        run(
            conf,
            relay -> {
              send(lines(0, 1000));
              await().until(() -> figures(relay).at("stores.local.points-written") == 1000);
            });

    assertThat(end.at("destinations.local/store.lines-out")).isEqualTo(1000);
    assertThat(end.at("stores.local.names-in")).isEqualTo(100);
  }

  @Test
  void anAccumulatorGivesItsPointsToStores() throws IOException {
    String memory =
        "local { driver = memory, linger = 10ms, retentions = [\"1s:1h\", \"10s:1d\"] }";
    String pipeline =
        "main { accumulate { format = graphite, into = BLACKHOLE, stores = [local],"
            + " times = [\"1s:1h\", \"10s:1d\"] } }";

    Figures end =
        run(
            conf("graphite", memory, pipeline),
            relay -> {
              send("a.sum 1 " + now + "\na.sum 2 " + now + "\n");
              await().until(() -> figures(relay).at("stores.local.points-written") >= 1);
            });

    // One of a second and, flushed at the end at the latest, one of ten.
    assertThat(end.at("stores.local.points-in")).isEqualTo(2);
  }

  @Test
  void aStoreThatTakesThePlaceOfAnotherGetsWhatComes() throws IOException {
    String memory = "local { driver = memory, linger = %s, retentions = [\"10s:1h\"] }";
    String pipeline = "main { routes = [ { to = [local] } ] }";

    Figures end =
        run(
            conf("graphite", memory.formatted("10s"), pipeline),
            relay -> {
              send(lines(0, 500));
              List<String> changed =
                  relay.reload(conf("graphite", memory.formatted("10ms"), pipeline));
              send(lines(500, 1000));
              await().until(() -> figures(relay).at("stores.local.points-written") == 1000);
              assertThat(changed).containsExactly("store local: changed (linger)");
            });

    assertThat(end.at("destinations.local/store.lines-out")).isEqualTo(1000);
  }

  @Test
  void whatCannotBeWrittenWaitsForTheNextProcess() throws IOException {
    String pipeline = "main { routes = [ { to = [local] } ] }";
    String slow = "local { driver = memory, linger = 10m, retentions = [\"10s:1h\"] }";
    String conf =
        conf("graphite", slow, pipeline).replace("deadline = 20s, grace = 100ms", "deadline = 0s");

    Figures end =
        run(
            conf,
            relay -> {
              send("warm.up 1 " + now + "\n");
              await().until(() -> figures(relay).at("stores.local.points-written") == 1);
              send(lines(0, 300));
              await().until(() -> figures(relay).at("stores.local.points-in") == 301);
            });
    assertThat(end.at("stores.local.points-left")).isEqualTo(300);

    end =
        run(
            conf("graphite", slow.replace("10m", "10ms"), pipeline),
            relay -> await().until(() -> figures(relay).at("stores.local.points-written") == 300));
    assertThat(end.at("stores.local.points-found")).isEqualTo(300);
  }

  @Test
  void problemsOfStoresAreToldTogether() {
    String wrong =
        conf(
            "graphite",
            "local { driver = memory, retentions = [\"10s:1h\"] }"
                + ", main { driver = memory }, odd { driver = paper }",
            "main { accumulate { format = graphite, into = BLACKHOLE, flush = 5s,"
                + " stores = [local, nowhere] } }"
                + ", fast { accumulate { format = graphite, into = BLACKHOLE, flush = 500ms,"
                + " stores = [local] } }");

    assertThatThrownBy(() -> WholeRelay.start(wrong, "store"))
        .hasMessageContaining("stores.main: the name main has another meaning already")
        .hasMessageContaining("stores.odd.driver")
        .hasMessageContaining("the store local keeps no intervals of 5s")
        .hasMessageContaining("\"nowhere\" is no store; known: local")
        .hasMessageContaining("keep points of whole seconds");
  }
}
