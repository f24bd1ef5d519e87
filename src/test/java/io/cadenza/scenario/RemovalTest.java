package io.cadenza.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.cadenza.app.WholeRelay;
import io.cadenza.hash.HashRing;
import io.cadenza.hash.Node;
import io.cadenza.hash.RingSpec;
import io.cadenza.hash.Rings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A hash cluster loses a member by its check, and gets it back. */
class RemovalTest {
  private static final int KEYS = 2000;
  private static final List<String> ALL = List.of("a", "b", "c");

  private final AtomicBoolean sick = new AtomicBoolean();

  @Test
  void keysMoveToTheOthersAndComeBack() throws Exception {
    int in = Ports.free();
    HttpServer health = health();
    try (Sink a = new Sink();
        Sink b = new Sink();
        Sink c = new Sink()) {
      List<Sink> sinks = List.of(a, b, c);
      WholeRelay relay = WholeRelay.start(conf(in, sinks, health.getAddress().getPort()), "ring");
      List<List<String>> came = new ArrayList<>();
      try (Socket sender = new Socket("127.0.0.1", in)) {
        came.add(send(sender, "before", sinks));
        sick.set(true);
        awaitRing(sender, sinks, "gone", "a", "c");
        came.add(send(sender, "without", sinks));
        sick.set(false);
        awaitRing(sender, sinks, "back", "a", "b", "c");
        came.add(send(sender, "after", sinks));
      } finally {
        relay.close();
        health.stop(0);
      }

      assertThat(came.get(0)).isEqualTo(expected("before", sinks, "a", "b", "c"));
      assertThat(came.get(1)).isEqualTo(expected("without", sinks, "a", "c"));
      assertThat(came.get(2)).isEqualTo(expected("after", sinks, "a", "b", "c"));
      Figures figures = new Figures(relay.stats());
      figures.assertBalance(relay);
      String name = "destinations.ring/127.0.0.1:" + b.port() + "#b";
      assertThat(figures.at(name + ".changes")).isEqualTo(2);
      assertThat(figures.at(name + ".check-failures.status")).isGreaterThanOrEqualTo(2);
      assertThat(figures.at("events.destination-down.count")).isEqualTo(1);
      assertThat(figures.at("events.destination-up.count")).isEqualTo(1);
    }
  }

  /** One line for every key; answers what each sink got of them, once all are there. */
  private static List<String> send(Socket sender, String word, List<Sink> sinks) throws Exception {
    StringBuilder lines = new StringBuilder();
    keys(word).forEach(key -> lines.append(key).append(" 1 1700000000\n"));
    sender.getOutputStream().write(lines.toString().getBytes(UTF_8));
    await()
        .until(
            () -> sinks.stream().mapToLong(sink -> of(sink, word).lines().count()).sum() == KEYS);
    return sinks.stream().map(sink -> of(sink, word)).toList();
  }

  private static String of(Sink sink, String word) {
    return String.join(
        "\n", sink.text().lines().filter(line -> line.startsWith(word + ".")).sorted().toList());
  }

  private static List<String> keys(String word) {
    return IntStream.range(0, KEYS).mapToObj(i -> word + ".web" + i + ".cpu").toList();
  }

  /** Sends lines of one key that tells the rings apart, until they come where they should. */
  private static void awaitRing(Socket sender, List<Sink> sinks, String word, String... members)
      throws Exception {
    HashRing then = ring(sinks, members);
    HashRing now =
        ring(sinks, members.length == 3 ? new String[] {"a", "c"} : ALL.toArray(new String[0]));
    String key =
        keys(word).stream()
            .filter(k -> !owner(then, k).equals(owner(now, k)))
            .findFirst()
            .orElseThrow();
    Sink to = sinks.get(ALL.indexOf(owner(then, key)));
    await()
        .until(
            () -> {
              sender.getOutputStream().write((key + " 1 1700000000\n").getBytes(UTF_8));
              return to.text().contains(key);
            });
  }

  private static List<String> expected(String word, List<Sink> sinks, String... members) {
    HashRing ring = ring(sinks, members);
    return ALL.stream()
        .map(
            name ->
                String.join(
                    "\n",
                    keys(word).stream()
                        .filter(key -> owner(ring, key).equals(name))
                        .map(key -> key + " 1 1700000000")
                        .sorted()
                        .toList()))
        .toList();
  }

  private static HashRing ring(List<Sink> sinks, String... members) {
    List<Node> nodes = new ArrayList<>();
    for (String name : members) {
      int port = sinks.get(ALL.indexOf(name)).port();
      nodes.add(new Node("127.0.0.1", port, name, null, "tcp://127.0.0.1:" + port));
    }
    return Rings.of(RingSpec.of("carbon_ch"), nodes);
  }

  private static String owner(HashRing ring, String key) {
    byte[] bytes = key.getBytes(UTF_8);
    return ring.nodes().get(ring.first(bytes, 0, bytes.length)).instance();
  }

  private HttpServer health() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/b",
        exchange -> {
          exchange.sendResponseHeaders(sick.get() ? 503 : 200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String conf(int in, List<Sink> sinks, int health) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main } }
        pipelines { main { routes = [ { to = [ring] } ] } }
        clusters { ring { policy = hash, diverse-replicas = false, on-down = remove, destinations = [
          "tcp://127.0.0.1:%d#a"
          { url = "tcp://127.0.0.1:%d#b"
            check { url = "http://127.0.0.1:%d/b", interval = 500ms, timeout = 500ms, down = 2 } }
          "tcp://127.0.0.1:%d#c"
        ] } }
        admin { listen = "127.0.0.1:0" }
        instances = 2
        """
        .formatted(in, sinks.get(0).port(), sinks.get(1).port(), health, sinks.get(2).port());
  }
}
