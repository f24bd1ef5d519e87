package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.cadenza.scenario.Ports;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand connections at once. */
@Timeout(180)
class ManyConnectionsIT {
  private static final int CONNECTIONS = 10_000;
  private static final int KEYS = 2;
  private static final int ROUNDS = 4;
  private static final int LINES = 10;

  @TempDir private Path dir;

  private final List<Socket> open = new ArrayList<>();

  @AfterEach
  void hangUp() throws Exception {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Test
  void everyLineOfEachArrivesAndAllDescriptorsComeBack() throws Exception {
    assumeTrue(descriptors() > CONNECTIONS + 500, "too few file descriptors (ulimit -n)");
    int port = Ports.free();
    int admin = Ports.free();
    try (Sink sink = new Sink(new Reckoning(CONNECTIONS, KEYS));
        RelayProcess relay = RelayProcess.start(conf(port, admin, sink), admin)) {
      long before = relay.descriptors();
      connect(port);
      send();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> relay.figures().at("listeners.in.connections") == CONNECTIONS);
      assertThat(relay.descriptors()).isBetween(before + CONNECTIONS, before + CONNECTIONS + 50);

      long[] sent = new long[CONNECTIONS];
      Arrays.fill(sent, ROUNDS * LINES);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> sink.reckoning().arrived() == (long) CONNECTIONS * ROUNDS * LINES);
      Told.assertPerfect(Told.tell("ten thousand connections", sink.reckoning().against(sent)));
      assertThat(relay.figures().at("listeners.in.lines-in"))
          .isEqualTo((long) CONNECTIONS * ROUNDS * LINES);
      assertThat(relay.figures().at("listeners.in.connections-failed")).isZero();
      System.out.println(
          "[fault] ten thousand connections: rss " + (relay.residentBytes() >> 20) + " MB");

      hangUp();

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(relay.descriptors()).isLessThan(before + 20);
                assertThat(relay.figures().at("listeners.in.connections")).isZero();
              });
      assertThat(relay.stop()).isZero();
    }
  }

  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : 0;
  }

  private void connect(int port) throws Exception {
    for (int i = 0; i < CONNECTIONS; i++) {
      Socket socket = new Socket();
      open.add(socket);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
    }
  }

  private void send() throws Exception {
    NumberedLines lines = new NumberedLines(KEYS);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < CONNECTIONS; i++) {
        lines.of(i, (long) round * LINES, LINES);
        open.get(i).getOutputStream().write(lines.bytes(), 0, lines.size());
      }
    }
  }

  private Path conf(int port, int admin, Sink sink) throws Exception {
    return Files.writeString(
        dir.resolve("relay.conf"),
        """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main, backlog = 4096 } }
        admin { listen = "127.0.0.1:%d" }
        shell.listen = null
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all, destinations = ["tcp://127.0.0.1:%d"] } }
        """
            .formatted(port, admin, sink.port()));
  }
}
