package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import io.cadenza.scenario.Figures;
import io.cadenza.scenario.Ports;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock on the wall is set, while lines are on their way. */
@Timeout(120)
class ClockTest {
  private static final int KEYS = 10;

  private final int port = Ports.free();
  private final Wall wall = new Wall();

  @Test
  void nothingHappensToLinesWhenTheClockJumps() {
    try (Sink sink = new Sink(new Reckoning(2, KEYS));
        WholeRelay relay = WholeRelay.start(conf(sink, ""), "clock", wall);
        Senders senders = new Senders(KEYS).start(2, Way.tcp(port))) {
      // Slow enough that there is always something on its way.
      sink.slow(2_000_000);
      for (int hours : new int[] {-1, 2, -3, 1}) {
        long before = sink.reckoning().arrived();
        await().until(() -> sink.reckoning().arrived() > before + 20_000);
        wall.jump(Duration.ofHours(hours));
      }
      long before = sink.reckoning().arrived();
      await().until(() -> sink.reckoning().arrived() > before + 50_000);
      sink.resume();
      senders.stop();

      Told.assertPerfect(Told.awaitAll("clock jumps", sink.reckoning(), senders));
      assertThat(new Figures(relay.stats()).at(destination(sink) + ".disconnects")).isZero();
    }
  }

  @Test
  void noticesAPeerThatHangsAfterTheClockWasSetBack() {
    try (Sink sink = new Sink(new Reckoning(2, KEYS));
        WholeRelay relay =
            WholeRelay.start(conf(sink, "write-timeout = 5s, resend = 16MiB"), "clock", wall);
        Senders senders = new Senders(KEYS).start(2, Way.tcp(port))) {
      await().until(() -> sink.reckoning().arrived() > 10_000);
      sink.pause();
      senders.awaitHeld();
      String stalled = destination(sink) + ".failures.stalled";
      assertThat(new Figures(relay.stats()).at(stalled)).isZero();

      wall.jump(Duration.ofHours(-1));

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> new Figures(relay.stats()).at(destination(sink) + ".failures.stalled") > 0);

      sink.resume();
      senders.stop();
      // The old connection is read to its end beside the new one.
      Reckoning.Result result =
          Told.awaitAll("a peer that hangs, clock set back", sink.reckoning(), senders);
      assertThat(result.lost() + result.damaged()).isZero();
    }
  }

  private static String destination(Sink sink) {
    return "destinations.one/127.0.0.1:" + sink.port();
  }

  private String conf(Sink sink, String more) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main } }
        admin { listen = "127.0.0.1:0" }
        shutdown { deadline = 1s }
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all, destinations = [
          { url = "tcp://127.0.0.1:%d", queue = 1MiB, reconnect-max = 200ms, %s } ] } }
        """
        .formatted(port, sink.port(), more);
  }

  /** A clock that goes, and can be set. */
  private static final class Wall implements InstantSource {
    private volatile Duration off = Duration.ZERO;

    private void jump(Duration by) {
      off = off.plus(by);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(off);
    }
  }
}
