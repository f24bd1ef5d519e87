package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changing the configuration of a relay that runs. */
class ReloadTest {
  private static final String LINE = "servers.web01.disk.sda.reads 12345 1700000000\n";

  @TempDir private Path dir;

  private final int port;

  ReloadTest() throws IOException {
    port = Ports.free();
  }

  /** One listener and some clusters of one destination each. */
  private String conf(String listener, String to, String... clusters) {
    StringBuilder all = new StringBuilder();
    for (String cluster : clusters) {
      String[] parts = cluster.split("=");
      all.append(
          "%s { policy = all, destinations = [ { url = \"tcp://127.0.0.1:%s\" } ] }\n"
              .formatted(parts[0], parts[1]));
    }
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main, %s } }
        admin { listen = "127.0.0.1:0" }
        shutdown { deadline = 20s, grace = 1s }
        pipelines { main { routes = [ { to = [%s] } ] } }
        clusters { %s }
        """
        .formatted(port, listener, to, all);
  }

  private static String at(String name, Sink sink) {
    return name + "=" + sink.port();
  }

  @Test
  void saysThatNothingChanged() {
    String conf = conf("", "a", "a=1");
    try (WholeRelay relay = WholeRelay.start(conf, "reload")) {
      assertThat(relay.reload(conf)).containsExactly("nothing changed");
    }
  }

  @Test
  void tellsWhatIsDifferent() {
    try (WholeRelay relay = WholeRelay.start(conf("", "a", "a=1", "b=2"), "reload")) {
      String next =
          conf("max-line = 1KiB, idle-timeout = 5m", "c", "a=1", "c=3")
              + "instances = 7, shutdown.grace = 500ms\n";

      assertThat(relay.reload(next))
          .containsExactly(
              "listener in: changed (max-line, idle-timeout)",
              "pipeline main: changed (routes)",
              "cluster b: removed",
              "cluster c: added",
              "destination b/127.0.0.1:2: removed",
              "destination c/127.0.0.1:3: added",
              "other: changed (shutdown.grace, instances); instances with the next start");
    }
  }

  @Test
  void keepsConnectionsAndQueuesOfWhatDidNotChange() throws Exception {
    int down = Ports.free();
    try (Sink other = new Sink();
        WholeRelay relay = WholeRelay.start(conf("", "a", "a=" + down), "reload");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      write(socket, LINE.repeat(100));
      String queue = "destinations.a/127.0.0.1:" + down + ".queue-lines";
      await().until(() -> new Figures(relay.stats()).at(queue) == 100);

      relay.reload(conf("", "b", "a=" + down, at("b", other)));

      write(socket, LINE);
      await().until(() -> other.lines() == 1);
      Figures figures = new Figures(relay.stats());
      assertThat(figures.at(queue)).isEqualTo(100);
      assertThat(figures.at("listeners.in.connections-opened")).isOne();
      try (Sink late = new Sink(down)) {
        await().until(() -> late.lines() == 100);
      }
    }
  }

  @Test
  void changesARouteUnderLoadWithoutLossOrDisorder() throws Exception {
    try (Sink a = new Sink();
        Sink b = new Sink()) {
      String toA = conf("", "a", at("a", a), at("b", b));
      String toB = conf("", "b", at("a", a), at("b", b));
      WholeRelay relay = WholeRelay.start(toA, "reload");
      NumberedLines load = new NumberedLines(port, 4);
      try (load) {
        for (int i = 1; i <= 20; i++) {
          long before = load.sent();
          relay.reload(i % 2 == 0 ? toA : toB);
          await().until(() -> load.sent() > before + 400);
        }
      } finally {
        relay.close();
      }
      a.awaitEnd();
      b.awaitEnd();

      assertThat(load.fate(a.text(), b.text())).isEqualTo("lost 0, duplicated 0, reordered 0");
      assertThat(load.failures() + load.moves()).isZero();
      assertThat(b.lines()).isPositive();
      new Figures(relay.stats()).assertBalance(relay);
    }
  }

  @Test
  void sendsWhatARemovedDestinationHas() throws Exception {
    int down = Ports.free();
    try (Sink other = new Sink();
        WholeRelay relay = WholeRelay.start(conf("", "a", "a=" + down, at("b", other)), "reload")) {
      String name = "destinations.a/127.0.0.1:" + down;
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        write(socket, LINE.repeat(100));
      }
      await().until(() -> new Figures(relay.stats()).at(name + ".queue-lines") == 100);

      relay.reload(conf("", "b", at("b", other)));

      try (Sink late = new Sink(down)) {
        await().until(() -> late.lines() == 100);
        await().until(() -> new Figures(relay.stats()).at(name + ".lines-out") == 100);
        await()
            .untilAsserted(
                () ->
                    assertThat(new Figures(relay.stats()).of(name).keySet().toString())
                        .doesNotContain("up", "queue-lines", "queue-bytes", "connections"));
      }
    }
  }

  @Test
  void tellsOfLinesThatStayInASpoolThatNobodyHasAnyMore() throws Exception {
    int down = Ports.free();
    String block = conf("", "a", "a=" + down);
    String path = "spool.path = \"" + dir.resolve("spool") + "\"\n";
    String spool = block + path + "defaults.destination.on-full = spool\n";
    String name = "a/127.0.0.1:" + down;
    try (WholeRelay relay = WholeRelay.start(spool, "reload")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        write(socket, LINE.repeat(100));
      }
      String spooled = "destinations." + name + ".spool-lines";
      await().until(() -> new Figures(relay.stats()).at(spooled) == 100);

      relay.reload(block + path + "shutdown.deadline = 1s, shutdown.grace = 500ms\n");

      await()
          .untilAsserted(
              () ->
                  assertThat(relay.events())
                      .contains("100 lines of destination " + name + " stay on disk"));
      relay.reload(spool);
      try (Sink late = new Sink(down)) {
        await().until(() -> late.lines() == 100);
        await().until(() -> new Figures(relay.stats()).at(spooled) == 0);
      }
    }
  }

  @Test
  void staysAsItIsWhereAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Sink a = new Sink();
        Sink b = new Sink();
        WholeRelay relay = WholeRelay.start(conf("", "a", at("a", a)), "reload")) {
      String next =
          conf("", "b", at("b", b))
              + "listeners.more { url = \"tcp://127.0.0.1:%d\", into = main }\n"
                  .formatted(taken.getLocalPort());

      assertThatThrownBy(() -> relay.reload(next))
          .hasMessageContaining("listener more")
          .hasMessageContaining("taken by another process");

      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        write(socket, LINE);
      }
      await().until(() -> a.lines() == 1);
      assertThat(relay.listeners()).containsOnlyKeys("in");
    }
  }

  @Test
  void movesAListenerFromAllAddressesToOneOfThem() throws Exception {
    try (Sink a = new Sink()) {
      String everywhere = conf("", "a", at("a", a)).replace("127.0.0.1:" + port, "0.0.0.0:" + port);
      WholeRelay relay = WholeRelay.start(everywhere, "reload");
      try (relay) {
        assertThat(relay.reload(conf("", "a", at("a", a))))
            .containsExactly("listener in: changed (url)");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          write(socket, LINE);
          await().until(() -> a.lines() == 1);
        }
      }
    }
  }

  @Test
  void renamesAListenerThatSharesItsPortWithNobody() throws Exception {
    try (Sink a = new Sink()) {
      String conf = conf("reuse-port = false", "a", at("a", a));
      WholeRelay relay = WholeRelay.start(conf, "reload");
      try (relay) {
        assertThat(relay.reload(conf.replace("{ in {", "{ other {")))
            .containsExactly("listener in: removed", "listener other: added");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          write(socket, LINE);
          await().until(() -> a.lines() == 1);
        }
      }
    }
  }

  @Test
  void tellsTheBoundsOfTheListenerThatIsThereAfterAFailure() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Sink a = new Sink()) {
      String late = "listeners.late { url = \"tcp://127.0.0.1:%d\", into = main }\n";
      String conf = conf("max-connections = 11", "a", at("a", a)) + late.formatted(0);
      try (WholeRelay relay = WholeRelay.start(conf, "reload")) {
        String next =
            conf("max-connections = 22", "a", at("a", a)) + late.formatted(taken.getLocalPort());

        assertThatThrownBy(() -> relay.reload(next)).hasMessageContaining("late");

        Figures figures = new Figures(relay.stats());
        assertThat(figures.at("listeners.in.connections-limit")).isEqualTo(11);
      }
    }
  }

  @Test
  void changesAListenerOnItsPortUnderLoadWithoutLoss() throws Exception {
    try (Sink a = new Sink()) {
      String[] confs = {conf("", "a", at("a", a)), conf("max-line = 1KiB", "a", at("a", a))};
      WholeRelay relay = WholeRelay.start(confs[0], "reload");
      NumberedLines load = new NumberedLines(port, 4);
      try (load) {
        for (int i = 1; i <= 4; i++) {
          long before = load.sent();
          relay.reload(confs[i % 2]);
          await().until(() -> load.sent() > before + 400);
        }
      } finally {
        relay.close();
      }
      a.awaitEnd();

      assertThat(load.fate(a.text())).startsWith("lost 0, duplicated 0");
      assertThat(load.failures()).isZero();
      assertThat(load.moves()).isGreaterThanOrEqualTo(16);
      new Figures(relay.stats()).assertBalance(relay);
    }
  }

  @Test
  void changesAUnixListenerWhoseFileIsThereAllTheTime() throws Exception {
    try (Sink a = new Sink()) {
      Path file = dir.resolve("in.sock");
      String conf = conf("", "a", at("a", a)).replace("tcp://127.0.0.1:" + port, "unix://" + file);
      WholeRelay relay = WholeRelay.start(conf, "reload");
      int sent = 0;
      AtomicBoolean changed = new AtomicBoolean();
      Thread changes =
          new Thread(
              () -> {
                for (int i = 0; i < 5; i++) {
                  relay.reload(conf.replace("into", "max-line = " + (100 + i) + ", into"));
                }
                changed.set(true);
              });
      changes.start();
      for (; !changed.get() && changes.isAlive() || sent == 0; sent++) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
          channel.write(ByteBuffer.wrap(LINE.getBytes(StandardCharsets.US_ASCII)));
          channel.shutdownOutput();
          assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
      }
      changes.join();
      relay.close();
      a.awaitEnd();

      assertThat(changed).isTrue();
      assertThat(a.lines()).isEqualTo(sent);
      assertThat(dir).isEmptyDirectory();
    }
  }

  @Test
  void changesAUdpListenerOnItsPort() throws Exception {
    try (Sink a = new Sink();
        DatagramSocket sender = new DatagramSocket()) {
      String conf =
          conf("", "a", at("a", a)).replace("tcp://127.0.0.1:" + port, "udp://127.0.0.1:" + port);
      try (WholeRelay relay = WholeRelay.start(conf, "reload")) {
        byte[] line = LINE.getBytes(StandardCharsets.US_ASCII);
        DatagramPacket packet =
            new DatagramPacket(line, line.length, InetAddress.getLoopbackAddress(), port);
        for (int i = 1; i <= 3; i++) {
          int all = 20 * i;
          for (int j = 0; j < 20; j++) {
            sender.send(packet);
          }
          await().until(() -> a.lines() == all);
          relay.reload(conf.replace("into", "receive-buffer = " + (100 + i) + "KiB, into"));
        }
      }
    }
  }

  @Test
  void keepsItsBalanceOverManyChangesOfEverything() throws Exception {
    try (Sink a = new Sink();
        Sink b = new Sink()) {
      String[] confs = {
        conf("", "a", at("a", a)),
        conf("max-line = 1KiB", "b", at("b", b)),
        conf("max-line = 1KiB", "a, b", at("a", a), at("b", b)),
        conf("", "b", at("b", b)).replace("main", "other")
      };
      WholeRelay relay = WholeRelay.start(confs[0], "reload");
      NumberedLines load = new NumberedLines(port, 3);
      try (load) {
        for (int i = 1; i <= 12; i++) {
          relay.reload(confs[i % confs.length]);
        }
      } finally {
        relay.close();
      }

      assertThat(load.failures()).isZero();
      Figures figures = new Figures(relay.stats());
      assertThat(figures.at("listeners.in.lines-in")).isEqualTo(load.sent());
      assertThat(figures.at("pipelines.main.lines-in") + figures.at("pipelines.other.lines-in"))
          .isEqualTo(load.sent());
      assertThat(figures.at("pipelines.main.dropped.pipeline-gone")).isZero();
      for (Sink sink : List.of(a, b)) {
        sink.awaitEnd();
        String name = sink == a ? "a" : "b";
        assertThat(
                figures.at("destinations.%s/127.0.0.1:%d.lines-out".formatted(name, sink.port())))
            .isEqualTo(sink.lines());
      }
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
