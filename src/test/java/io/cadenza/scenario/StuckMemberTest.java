package io.cadenza.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.cadenza.app.WholeRelay;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member accepts and reads nothing, until lines wait for it at the router; then it is down. */
class StuckMemberTest {
  private static final int LINES = 300_000;

  private final AtomicBoolean sick = new AtomicBoolean();

  @ParameterizedTest
  @ValueSource(strings = {"failover", "any-of", "hash, on-down = remove"})
  void whatWaitedForItGoesToTheOther(String policy) throws Exception {
    int in = Ports.free();
    HttpServer health = health();
    try (ServerSocket stuck = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Sink other = new Sink().forgetting();
        WholeRelay relay = WholeRelay.start(conf(in, policy, stuck, health, other), "stuck");
        Socket sender = new Socket("127.0.0.1", in)) {
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(sender));
      await().until(() -> new Figures(relay.stats()).at("pipelines.main.holds") > 0);
      assertThat(new Figures(relay.stats()).at("pipelines.main.lines-in")).isLessThan(LINES);

      sick.set(true);

      sent.get(20, TimeUnit.SECONDS);
      await().until(() -> new Figures(relay.stats()).at("pipelines.main.lines-in") == LINES);
      String name = "destinations.c/127.0.0.1:" + other.port() + ".lines-out";
      await().until(() -> new Figures(relay.stats()).at(name) == other.lines());
      assertThat(other.lines()).isPositive();
    } finally {
      health.stop(0);
    }
  }

  private static void send(Socket sender) {
    try {
      OutputStream out = sender.getOutputStream();
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < LINES; i++) {
        lines.append("servers.web").append(i % 1000).append(".disk.sda.reads.and.more 12345 ");
        lines.append("1700000000\n");
        if (i % 1000 == 999) {
          out.write(lines.toString().getBytes(UTF_8));
          lines.setLength(0);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpServer health() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(sick.get() ? 503 : 200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String conf(
      int in, String policy, ServerSocket stuck, HttpServer health, Sink other) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main } }
        pipelines { main { routes = [ { to = [c] } ] } }
        clusters { c { policy = %s, destinations = [
          { url = "tcp://127.0.0.1:%d", queue = 256KiB
            check { url = "http://127.0.0.1:%d/", interval = 500ms, timeout = 500ms, down = 1 } }
          "tcp://127.0.0.1:%d"
        ] } }
        admin { listen = "127.0.0.1:0" }
        shutdown { deadline = 100ms }
        instances = 2
        """
        .formatted(in, policy, stuck.getLocalPort(), health.getAddress().getPort(), other.port());
  }
}
