package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import io.cadenza.scenario.Figures;
import io.cadenza.scenario.Ports;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A destination that is too slow for what comes, with a spool. */
@Timeout(120)
class SlowDestinationTest {
  private static final int KEYS = 20;
  private static final int CONNECTIONS = 4;

  @TempDir private Path dir;

  private final int port = Ports.free();

  @Test
  void losesNothingKeepsOrderAndSlowsNobody() {
    try (Sink slow = sink();
        Sink healthy = sink();
        WholeRelay relay = WholeRelay.start(conf(slow, healthy), "slow");
        Senders senders = new Senders(KEYS).batch(1000).lines(150_000).rate(100_000)) {
      slow.slow(200_000);
      senders.start(CONNECTIONS, Way.tcp(port)).join();

      Told.assertPerfect(Told.awaitAll("block beside a slow spool", healthy.reckoning(), senders));
      long spooled = at(relay, slow, "spooled");
      assertThat(spooled).isPositive();
      assertThat(slow.reckoning().arrived()).isLessThan(senders.total());
      assertThat(at(relay, slow, "queue-bytes")).isLessThan(5L << 20);

      slow.resume();

      Told.assertPerfect(Told.awaitAll("spool, slow", slow.reckoning(), senders));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(at(relay, slow, "spool-lines")).isZero());
      assertThat(at(relay, slow, "replayed")).isEqualTo(at(relay, slow, "spooled"));
    }
  }

  private static Sink sink() {
    return new Sink(new Reckoning(CONNECTIONS, KEYS));
  }

  private static long at(WholeRelay relay, Sink sink, String figure) {
    String path = "destinations.to-" + sink.port() + "/127.0.0.1:" + sink.port() + "." + figure;
    return new Figures(relay.stats()).at(path);
  }

  private String conf(Sink slow, Sink healthy) {
    return """
        listeners { in { url = "tcp://127.0.0.1:%1$d", into = main } }
        admin { listen = "127.0.0.1:0" }
        spool { path = "%2$s", sync = 1s }
        pipelines { main { routes = [ { to = [to-%3$d, to-%4$d] } ] } }
        clusters {
          to-%3$d { policy = all, destinations = [ { url = "tcp://127.0.0.1:%3$d",
            queue = 4MiB, on-full = spool, spool { order = strict } } ] }
          to-%4$d { policy = all, destinations = [ { url = "tcp://127.0.0.1:%4$d" } ] }
        }
        """
        .formatted(port, dir.resolve("spool"), slow.port(), healthy.port());
  }
}
