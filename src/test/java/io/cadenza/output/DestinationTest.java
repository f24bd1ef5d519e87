package io.cadenza.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cadenza.output.Bench.Destination;
import io.cadenza.scenario.Ports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of destination does when all is well, and what HTTP does with answers. */
class DestinationTest {
  private final Bench bench = new Bench();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @AfterEach
  void close() throws Exception {
    if (server != null) {
      server.stop(0);
    }
    bench.close();
  }

  /** Answers with these, and 204 from then on. */
  private String serve(Integer... statuses) throws IOException {
    Iterator<Integer> next = List.of(statuses).iterator();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, next.hasNext() ? next.next() : 204));
    server.start();
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/in?db=x";
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    bodies.add(exchange.getRequestURI() + " " + status + " " + new String(body, UTF_8));
    byte[] text = "because".getBytes(UTF_8);
    exchange.sendResponseHeaders(status, status == 204 ? -1 : text.length);
    if (status != 204) {
      exchange.getResponseBody().write(text);
    }
    exchange.close();
  }

  @Test
  void postsLines() throws IOException {
    Destination destination = bench.to(serve(), "compression = gzip");

    destination.send("a 1 2", "b 1 2");

    destination.settle();
    assertThat(bodies).containsExactly("/in?db=x 204 a 1 2\nb 1 2\n");
    destination.stop();
  }

  @Test
  void postsAgainWhatMayBeTakenLater() throws IOException {
    Destination destination = bench.to(serve(503, 429, 408), "");

    destination.send("a 1 2");
    destination.send("b 1 2");

    destination.settle();
    assertThat(String.join("", bodies).replaceAll("/in\\?db=x ", ""))
        .startsWith("503 a 1 2\n")
        .endsWith("b 1 2\n");
    assertThat(bodies.subList(0, 3)).allMatch(body -> body.contains("a 1 2"));
    assertThat(destination.figure("lines-out")).isEqualTo(2);
    assertThat(destination.failures("status")).isEqualTo(3);
    destination.stop();
  }

  @Test
  void aServerThatOnlyFailsIsDownUntilItAnswersWell() throws IOException {
    AtomicInteger status = new AtomicInteger(500);
    String url = serve();
    server.removeContext("/");
    server.createContext("/", exchange -> answer(exchange, status.get()));
    Destination destination = bench.to(url, "");
    destination.send("a 1 2");
    Bench.until(() -> assertThat(destination.failures("status")).isGreaterThan(2));
    assertThat(destination.state.up()).isFalse();

    status.set(204);

    destination.settle();
    assertThat(destination.state.up()).isTrue();
    assertThat(destination.figure("lines-out")).isEqualTo(1);
    destination.stop();
  }

  @Test
  void dropsWhatTheServerWillNeverTake() throws IOException {
    Destination destination = bench.to(serve(400), "");

    destination.send("a 1 2", "b 1 2");
    Bench.until(() -> assertThat(destination.dropped("rejected")).isEqualTo(2));
    destination.send("c 1 2");

    destination.settle();
    assertThat(destination.figure("lines-out")).isEqualTo(1);
    assertThat(destination.figure("resent")).isZero();
    destination.stop();
  }

  @Test
  void sendsDatagramsOfWholeLines() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(10_000);
      Destination destination =
          bench.to("udp://localhost:" + socket.getLocalPort(), "datagram-bytes = 64");
      String longer = "y".repeat(200) + " 1 2";

      destination.send("a".repeat(40), "b".repeat(40), longer, "z".repeat(70_000), "c 1 2");

      assertThat(receive(socket)).isEqualTo("a".repeat(40) + "\n");
      assertThat(receive(socket)).isEqualTo("b".repeat(40) + "\n");
      assertThat(receive(socket)).isEqualTo(longer + "\n");
      assertThat(receive(socket)).isEqualTo("c 1 2\n");
      destination.settle();
      assertThat(destination.dropped("too-long-for-datagram")).isEqualTo(1);
      destination.stop();
    }
  }

  private static String receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[70_000], 70_000);
    socket.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), UTF_8);
  }

  @Test
  void aHostThatWantsNoDatagramsIsNotDown() {
    Destination destination = bench.to("udp://127.0.0.1:" + Ports.free(), "");

    destination.sendNumbers(0, 1000, 10);

    destination.settle();
    assertThat(destination.state.up()).isTrue();
    assertThat(destination.figure("lines-out")).isEqualTo(1000);
    destination.stop();
  }

  @Test
  void countsWhatAPickleCannotTell() throws IOException {
    try (Peer peer = Peer.that(Peer::readAll)) {
      Destination destination = bench.to(peer.url(), "protocol = pickle");

      destination.send("a:1|c", "k 1 1700000000");
      destination.send("a:1|c");

      destination.settle();
      assertThat(destination.dropped("not-graphite")).isEqualTo(2);
      assertThat(destination.figure("lines-out")).isEqualTo(1);
      destination.stop();
    }
  }

  @Test
  void writesToUnixSockets(@TempDir Path folder) throws Exception {
    String path = folder.resolve("s").toString();
    StringBuffer came = new StringBuffer();
    var listening =
        bench
            .vertx
            .createNetServer()
            .connectHandler(socket -> socket.handler(came::append))
            .listen(io.vertx.core.net.SocketAddress.domainSocketAddress(path))
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    Destination destination = bench.to("unix://" + path, "");

    destination.send("a 1 2", "b 1 2");

    Bench.until(() -> assertThat(came.toString()).isEqualTo("a 1 2\nb 1 2\n"));
    destination.settle();
    destination.stop();
    listening.close();
  }
}
