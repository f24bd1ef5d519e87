package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import io.cadenza.scenario.Figures;
import io.cadenza.scenario.Ports;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A destination that is lost every second, for a minute, at load. */
@Tag("slow")
@Timeout(180)
class FlappingTest {
  private static final int KEYS = 50;
  private static final int CONNECTIONS = 4;

  /** Lines in what is written again, and in what is on its way, when a connection breaks. */
  private static final long MOST_AGAIN = (1L + 1 << 20) / "c0.k0 0 1700000000\n".length();

  private static final int UNREAD = 10_000;

  private final int port = Ports.free();

  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({"block, 60", "spool, 10"})
  void losesNothingAndRepeatsNoMoreThanItTells(String policy, int seconds) {
    try (Sink sink = new Sink(new Reckoning(CONNECTIONS, KEYS));
        WholeRelay relay = WholeRelay.start(conf(sink, policy), "flapping");
        Senders senders = new Senders(KEYS).rate(10_000)) {
      senders.start(CONNECTIONS, Way.tcp(port));

      flap(sink, senders, seconds);

      senders.stop();
      Reckoning.Result result =
          Told.awaitAll(
              policy + ", lost every second for " + seconds + " s", sink.reckoning(), senders);
      Figures figures = new Figures(relay.stats());
      String one = "destinations.one/127.0.0.1:" + sink.port();
      assertThat(figures.at(one + ".disconnects")).isGreaterThan(seconds / 2);
      assertThat(result.sent()).isGreaterThan(5_000L * seconds);
      assertThat(result.lost() + result.reordered() + result.damaged()).isZero();
      assertThat(result.duplicated())
          .isLessThanOrEqualTo(figures.at(one + ".resent"))
          .isLessThanOrEqualTo(figures.at(one + ".disconnects") * MOST_AGAIN);
      assertThat(figures.at(one + ".lines-out")).isEqualTo(result.sent());
    }
  }

  /** Hangs up, resets, and goes away for half a second, in turns. */
  private static void flap(Sink sink, Senders senders, int seconds) {
    for (int second = 0; second < seconds; second++) {
      switch (second % 3) {
        case 0 -> sink.hangUp();
        case 1 -> sink.reset();
        default -> sink.goAway();
      }
      pass(500);
      sink.comeBack();
      pass(500);
      // On a busy machine a little longer: what is not read then may not be more than "resend".
      await().until(() -> senders.total() - sink.reckoning().arrived() < UNREAD);
    }
  }

  /** The load goes on: here time itself is the condition. */
  private static void pass(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private String conf(Sink sink, String policy) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main } }
        admin { listen = "127.0.0.1:0" }
        spool { path = "%s" }
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all, destinations = [
          { url = "tcp://127.0.0.1:%d", queue = 4MiB, on-full = %s, reconnect-max = 500ms } ] } }
        """
        .formatted(port, dir.resolve("spool"), sink.port(), policy);
  }
}
