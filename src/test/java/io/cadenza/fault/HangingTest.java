package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import io.cadenza.scenario.Figures;
import io.cadenza.scenario.Ports;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A destination that hangs while the kernels go on taking lines for it, and then dies with all that
 * it has not read.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class HangingTest {
  private static final int KEYS = 50;
  private static final int CONNECTIONS = 2;

  /** Longer than what was written is kept for a peer that reads. */
  private static final Duration HANGS = Duration.ofSeconds(7);

  private final int port = Ports.free();

  @ParameterizedTest
  @ValueSource(longs = {2_000, 100_000})
  void losesNothingThatItHadNotRead(long rate) {
    try (Sink sink = new Sink(new Reckoning(CONNECTIONS, KEYS));
        WholeRelay relay = WholeRelay.start(conf(sink), "hanging");
        Senders senders = new Senders(KEYS).rate(rate)) {
      senders.start(CONNECTIONS, Way.tcp(port));
      await().until(() -> sink.reckoning().arrived() > 4 * rate);
      sink.pause();
      long before = senders.total();
      await().during(HANGS).atMost(HANGS.multipliedBy(2)).until(() -> senders.total() >= before);

      sink.reset();
      sink.resume();

      senders.stop();
      Reckoning.Result result =
          Told.awaitAll("hung, then died, " + rate + " lines/s", sink.reckoning(), senders);
      Figures figures = new Figures(relay.stats());
      String one = "destinations.one/127.0.0.1:" + sink.port();
      assertThat(result.lost() + result.damaged()).isZero();
      assertThat(result.duplicated()).isLessThanOrEqualTo(figures.at(one + ".resent"));
      assertThat(figures.at(one + ".lines-out")).isEqualTo(result.sent());
    }
  }

  private String conf(Sink sink) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%d", into = main } }
        admin { listen = "127.0.0.1:0" }
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all, destinations = [ "tcp://127.0.0.1:%d" ] } }
        """
        .formatted(port, sink.port());
  }
}
