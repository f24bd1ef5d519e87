package io.cadenza.app;

import static io.cadenza.app.ListeningRelay.dial;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.scenario.Ports;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody sets the clock of the machine while lines are on their way. */
@Timeout(60)
final class ClockJumpTest {
  private static final int LINES = 100_000;

  /** The time of day of a machine whose clock is set now and then. */
  private static final class Wall implements InstantSource {
    private volatile Duration off = Duration.ZERO;

    @Override
    public Instant instant() {
      return InstantSource.system().instant().plus(off);
    }
  }

  @Test
  void breaksNoConnectionAndLosesNoLine() throws Exception {
    Wall wall = new Wall();
    int port = Ports.free();
    String listener = "in { url = \"tcp://127.0.0.1:" + port + "\", idle-timeout = 1m }";
    try (ListeningRelay relay = ListeningRelay.with(Sink.stopped(), listener, wall);
        Socket sender = dial(port)) {
      String padding = ".".repeat(80);
      String half =
          IntStream.range(0, LINES / 2)
              .mapToObj(i -> "k" + padding + i + " 1 10\n")
              .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
              .toString();
      OutputStream out = sender.getOutputStream();
      Thread writer = new Thread(() -> write(out, half + half.replace("k.", "l.")), "sender");
      writer.start();
      relay.awaitFigure("in", "pauses", 1);

      wall.off = Duration.ofHours(1);
      awaitJumps(relay, 1);
      wall.off = Duration.ofHours(-1);
      awaitJumps(relay, 2);
      relay.sink.read();

      relay.awaitLines(LINES);
      writer.join();
      assertThat(relay.sink.lines()).isEqualTo((half + half.replace("k.", "l.")).lines().toList());
      assertThat(relay.destination("disconnects")).isZero();
      assertThat(relay.destination("resent")).isZero();
      assertThat(relay.figure("in", "connections-idle")).isZero();
      assertThat(relay.process("clock-jumps")).isEqualTo(2);
      relay.assertBalanced("in");
    }
  }

  private static void write(OutputStream out, String text) {
    try {
      out.write(text.getBytes(UTF_8));
      out.flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitJumps(ListeningRelay relay, long least) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> relay.process("clock-jumps") >= least);
  }
}
