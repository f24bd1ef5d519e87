package io.cadenza.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.meter.CheckMeters;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Events;
import io.cadenza.scenario.Ports;
import io.cadenza.tls.TestCertificates;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of real peers. */
class CheckTest {
  private static final String QUICK = "interval = 20ms, timeout = 20ms";

  /** Asked again as soon as there is an answer, however long that takes. */
  private static final String PATIENT = "interval = 10s, timeout = 10s";

  private final Bench bench = new Bench();
  private final List<String> turns = new CopyOnWriteArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private DestinationState state;
  private boolean hurries = true;
  private String name;
  private String id;

  @AfterEach
  void close() {
    bench.close();
  }

  private void check(String url, String keys) {
    check(bench.vertx, "tcp://127.0.0.1:1", url, keys);
  }

  private void check(Vertx vertx, String destination, String url, String keys) {
    String block = "check { url = \"" + url + "\", " + keys + " }";
    DestinationConfig config = Bench.config(destination, block);
    name = config.name();
    DestinationMeters figures = new DestinationMeters(bench.meters, name);
    state =
        new DestinationState(
            name,
            1 << 20,
            OnFull.BLOCK,
            1,
            0,
            InstantSource.system(),
            (who, up, why) -> {
              turns.add((up ? "up" : "down") + " after " + figure("checks"));
              figures.turned(bench.events, who, up, why);
            });
    CheckMeters checks =
        new CheckMeters(bench.meters, name, () -> state.condition().checkUp() ? 1 : 0);
    CheckVerticle.Target target =
        new CheckVerticle.Target(
            hurries ? hurried(config.check()) : config.check(), config.tls(), state, checks);
    id =
        vertx
            .deployVerticle(new CheckVerticle(List.of(target)))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** An interval shorter than the timeout is no way to configure it, but saves a test its waits. */
  private static CheckConfig hurried(CheckConfig c) {
    return new CheckConfig(
        c.kind(), c.url(), Duration.ofMillis(10), c.timeout(), c.up(), c.down(), c.status());
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> figures() {
    return ((Map<String, Map<String, Object>>) bench.meters.snapshot().get("destinations"))
        .get(name);
  }

  private long figure(String figure) {
    return (Long) figures().get(figure);
  }

  @SuppressWarnings("unchecked")
  private long failures(String reason) {
    var all = (Map<String, Long>) figures().getOrDefault("check-failures", Map.of());
    return all.getOrDefault(reason, 0L);
  }

  private void goesDown(String reason) {
    Bench.until(() -> assertThat(figure("changes")).isEqualTo(1));
    assertThat(state.up()).isFalse();
    assertThat(((Map<?, ?>) figures().get("check-failures")).keySet().toString())
        .isEqualTo("[" + reason + "]");
    assertThat(figure("check-up")).isZero();
  }

  private void staysUp() {
    Bench.until(() -> assertThat(figure("checks")).isGreaterThan(4));
    assertThat(state.up()).isTrue();
    assertThat(figures()).doesNotContainKey("check-failures");
    assertThat(turns).isEmpty();
  }

  /** Every connection that was accepted has ended. */
  private void leavesNothing(Peer peer) {
    bench.vertx.undeploy(id).toCompletionStage().toCompletableFuture().join();
    Bench.until(() -> assertThat(ended.get()).isEqualTo(peer.accepted.get()));
  }

  private Peer peer(Peer.Behaviour behaviour) {
    return Peer.that(
        (socket, number, peer) -> {
          try {
            behaviour.with(socket, number, peer);
          } finally {
            ended.incrementAndGet();
          }
        });
  }

  /** Answers the checks in turn; the last answer is that of all further ones. */
  private Peer http(int... statuses) {
    return peer(
        (socket, number, peer) -> {
          int status = statuses[Math.min(number, statuses.length - 1)];
          say(socket, "HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\n\r\n");
          peer.read(socket, Integer.MAX_VALUE);
        });
  }

  private Peer saying(String... parts) {
    return peer(
        (socket, number, peer) -> {
          peer.read(socket, 1);
          for (String part : parts) {
            say(socket, part);
          }
          peer.read(socket, Integer.MAX_VALUE);
        });
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  private static String http(Peer peer) {
    return "http://127.0.0.1:" + peer.port() + "/up";
  }

  private static String statsd(Peer peer) {
    return "statsd://127.0.0.1:" + peer.port();
  }

  @Test
  void goesDownAndUpAfterSoManyInARow() throws Exception {
    try (Peer peer = http(500, 500, 200, 500, 500, 500, 200, 500, 200, 200, 500, 500, 200)) {
      check(http(peer), PATIENT + ", up = 2, down = 3");

      Bench.until(() -> assertThat(peer.accepted.get()).isGreaterThan(14));

      assertThat(turns).containsExactly("down after 6", "up after 10");
      assertThat(failures("status")).isEqualTo(8);
      assertThat(figure("changes")).isEqualTo(2);
      leavesNothing(peer);
    }
  }

  @Test
  void oneFailureIsEnoughWhereItIsToldSo() throws Exception {
    try (Peer peer = http(200, 503, 200, 503, 200)) {
      check(http(peer), PATIENT + ", up = 1, down = 1");

      Bench.until(() -> assertThat(turns).hasSize(4));

      assertThat(turns).containsExactly("down after 2", "up after 3", "down after 4", "up after 5");
    }
  }

  @Test
  void tellsWhatHappenedAndWhy() throws Exception {
    try (Peer peer = http(500, 500, 500, 200)) {
      check(http(peer), PATIENT);

      Bench.until(() -> assertThat(bench.events.all()).hasSize(2));

      assertThat(bench.events.all())
          .extracting(Events.Event::kind)
          .containsExactly("destination-down", "destination-up");
      assertThat(bench.events.all().get(0).text())
          .isEqualTo("destination tcp://127.0.0.1:1 is down: its check failed: answered 500");
    }
  }

  @Test
  void takesTheStatusThatIsAskedFor() throws Exception {
    try (Peer peer = http(401)) {
      check(http(peer), PATIENT + ", status = \"401\"");

      staysUp();
    }
  }

  @Test
  void readsNoBodyHoweverLongItIs() throws Exception {
    byte[] much = new byte[64 * 1024];
    Peer.Behaviour endless =
        (socket, number, peer) -> {
          peer.read(socket, 1);
          say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n");
          while (true) {
            socket.getOutputStream().write(much);
          }
        };
    try (Peer peer = peer(endless)) {
      check(http(peer), PATIENT);

      staysUp();
      leavesNothing(peer);
    }
  }

  @Test
  void aPeerThatDoesNotAnswerIsDownAndItsConnectionsAreClosed() throws Exception {
    try (Peer peer = peer(Peer::readAll)) {
      check(http(peer), QUICK);

      goesDown("timeout");
      leavesNothing(peer);
    }
  }

  @Test
  void aCheckThatIsGivenUpAsTheNextIsDueFailsOnce() throws Exception {
    hurries = false;
    try (Peer peer = peer(Peer::readAll)) {
      check(http(peer), "interval = 50ms, timeout = 50ms, down = 5");

      goesDown("timeout");
      assertThat(turns).containsExactly("down after 5");
      assertThat(peer.accepted.get()).isGreaterThanOrEqualTo(5);
      leavesNothing(peer);
    }
  }

  @Test
  void whatWaitsForADestinationThatIsDownByItsCheckIsWritten() throws Exception {
    try (Peer peer = peer(Peer::readAll)) {
      Bench.Destination destination = bench.to(peer.url(), "");
      Bench.until(() -> assertThat(peer.accepted.get()).isEqualTo(1));
      destination.state.checked(false, "because");

      destination.send("a 1 2", "b 1 2");

      destination.settle();
      Bench.until(() -> assertThat(peer.lines()).containsExactly("a 1 2", "b 1 2"));
      assertThat(destination.state.up()).isFalse();
      assertThat(peer.accepted.get()).isEqualTo(1);
      destination.stop();
    }
  }

  @Test
  void whatIsNoHttpIsDown() throws Exception {
    try (Peer peer = saying("hello\r\n\r\n")) {
      check(http(peer), PATIENT);

      Bench.until(() -> assertThat(state.up()).isFalse());
      leavesNothing(peer);
    }
  }

  @Test
  void aPortThatNobodyHasIsDown() {
    check("tcp://127.0.0.1:" + Ports.free(), QUICK);

    goesDown("refused");
  }

  @Test
  void aPeerThatAcceptsIsUp() throws Exception {
    try (Peer peer = peer(Peer::readAll)) {
      check(bench.vertx, peer.url(), "self", PATIENT);

      staysUp();
      leavesNothing(peer);
    }
  }

  @Test
  void aPeerThatComesBackIsUpAgain() throws Exception {
    int port = Ports.free();
    check("tcp://127.0.0.1:" + port, QUICK);
    goesDown("refused");

    try (Peer peer = Peer.at(port, Peer::readAll)) {
      Bench.until(() -> assertThat(state.up()).isTrue());
      assertThat(peer.accepted.get()).isPositive();
    }
  }

  @Test
  void aUnixSocketIsChecked(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("s");
    NetServer server = bench.vertx.createNetServer().connectHandler(socket -> {});
    server
        .listen(SocketAddress.domainSocketAddress(file.toString()))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    check("unix://" + file, PATIENT);
    staysUp();

    server.close().toCompletionStage().toCompletableFuture().join();

    Bench.until(() -> assertThat(state.up()).isFalse());
  }

  @Test
  void aStatsdThatSaysUpIsUp() throws Exception {
    try (Peer peer = saying("health: u", "p\n")) {
      check(statsd(peer), PATIENT);

      staysUp();
      assertThat(peer.lines()).contains("health\r").containsOnly("health\r");
      leavesNothing(peer);
    }
  }

  @Test
  void aStatsdThatSaysDownIsDown() throws Exception {
    try (Peer peer = saying("health: down\n")) {
      check(statsd(peer), PATIENT);

      goesDown("answer");
      assertThat(state.condition().why()).isEqualTo("its check failed: answered \"health: down.\"");
      leavesNothing(peer);
    }
  }

  @Test
  void aStatsdThatSaysNothingIsDown() throws Exception {
    try (Peer peer = saying()) {
      check(statsd(peer), QUICK);

      goesDown("timeout");
      leavesNothing(peer);
    }
  }

  @Test
  void aStatsdThatClosesIsDown() throws Exception {
    try (Peer peer = peer((socket, number, own) -> own.read(socket, 1))) {
      check(statsd(peer), PATIENT);

      goesDown("closed");
    }
  }

  @Test
  void aStatsdThatTalksWithoutEndIsDown() throws Exception {
    try (Peer peer = saying("x".repeat(1 << 20))) {
      check(statsd(peer), PATIENT);

      goesDown("answer");
      leavesNothing(peer);
    }
  }

  @Test
  void aNameThatHangsIsDownAndIsLookedUpOnceAtATime() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (DatagramSocket mute = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread counts = new Thread(() -> count(mute, asked), "mute name server");
      counts.start();
      AddressResolverOptions names =
          new AddressResolverOptions().addServer("127.0.0.1:" + mute.getLocalPort());
      names.setSearchDomains(List.of()).setQueryTimeout(60_000);
      Vertx lost = Vertx.vertx(new VertxOptions().setAddressResolverOptions(names));
      try {
        check(lost, "tcp://127.0.0.1:1", "tcp://nowhere.example.org:1", QUICK);

        goesDown("timeout");
        Bench.until(() -> assertThat(failures("timeout")).isGreaterThan(20));
        assertThat(asked.get()).isBetween(1, 2); // For IPv4 and IPv6.
      } finally {
        lost.close().toCompletionStage().toCompletableFuture().join();
      }
    }
  }

  private static void count(DatagramSocket socket, AtomicInteger asked) {
    byte[] space = new byte[1024];
    while (true) {
      try {
        socket.receive(new DatagramPacket(space, space.length));
        asked.incrementAndGet();
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Test
  void httpsIsVerifiedAsTheDestinationIs(@TempDir Path folder) throws Exception {
    TestCertificates certificates = new TestCertificates(folder);
    TestCertificates.Pair pair = certificates.sign("server", "dns:localhost");
    HttpServerOptions options = new HttpServerOptions().setSsl(true);
    options.setKeyCertOptions(
        new PemKeyCertOptions()
            .setCertPath(pair.certificate().toString())
            .setKeyPath(pair.key().toString()));
    HttpServer server = bench.vertx.createHttpServer(options);
    server.requestHandler(request -> request.response().end("ok"));
    int port =
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join().actualPort();
    String known = "}\n tls { ca = \"" + certificates.ca() + "\"";
    check("https://localhost:" + port, PATIENT + known);
    Bench.until(() -> assertThat(figure("checks")).isGreaterThan(1));
    assertThat(figures()).doesNotContainKey("check-failures");
    bench.vertx.undeploy(id).toCompletionStage().toCompletableFuture().join();

    check("https://localhost:" + port, PATIENT);

    Bench.until(() -> assertThat(failures("tls")).isPositive());
  }

  @Test
  void aDestinationIsUpWhenItsConnectionsAndItsCheckAre() {
    state = new DestinationState("d", 1 << 20, OnFull.BLOCK, 2);

    assertThat(state.checked(false, "because")).isTrue();
    assertThat(state.up(false, "refused")).isFalse();
    assertThat(state.up(false, "refused")).isFalse();
    assertThat(state.condition().why()).isEqualTo("refused; because");
    assertThat(state.checked(true, null)).isFalse();
    assertThat(state.up()).isFalse();
    assertThat(state.up(true, null)).isTrue();
    assertThat(state.up()).isTrue();
    assertThat(state.turns()).isEqualTo(2);
    assertThat(state.condition().why()).isNull();
  }
}
