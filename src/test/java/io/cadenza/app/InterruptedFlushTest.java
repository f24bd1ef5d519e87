package io.cadenza.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.scenario.Ports;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Another accumulator takes the place of one whose flush is held up by its destination. */
final class InterruptedFlushTest {
  private static final int KEYS = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port = Ports.free();
  private final int admin = Ports.free();

  private String conf(Sink sink, int percentile) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", format = statsd, into = stats } }
        pipelines { stats { accumulate { format = statsd, flush = 1s, percentiles = [%d],
          internal-metrics = false, delete-idle-stats = true, into = [out] } } }
        clusters { out { policy = all,
          destinations = [{ url = "tcp://127.0.0.1:%d", queue = 64KiB }] } }
        admin { listen = "127.0.0.1:%d" }
        shutdown { deadline = 1s }
        instances = 2
        """
        .formatted(port, percentile, sink.port(), admin);
  }

  private void send() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      lines.append("key.of.some.length.").append(i).append(":1|c\n");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(lines.toString().getBytes(UTF_8));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  private static double sum(Sink sink) {
    return sink.lines().stream()
        .filter(line -> line.startsWith("stats_counts.key"))
        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
        .sum();
  }

  private static boolean heldUp(WholeRelay relay) {
    return relay.stats().toString().matches(".*flushes-merged=[1-9].*");
  }

  @Test
  void whatWasFlushedIsNotFlushedAgainAndTheRestIsNotLost() throws Exception {
    try (Sink sink = Sink.stopped()) {
      try (WholeRelay relay = WholeRelay.start(conf(sink, 90), "first")) {
        send();
        await().atMost(PATIENCE).until(() -> heldUp(relay));
        relay.reload(conf(sink, 50));
        sink.read();
        await().atMost(PATIENCE).until(() -> sum(sink) >= KEYS);
      }
      assertThat(sum(sink)).isEqualTo(KEYS);
    }
  }
}
