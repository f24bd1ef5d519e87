package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.scenario.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while senders give all they can. */
@Timeout(120)
class StopIT {
  private static final int KEYS = 20;

  @TempDir private Path dir;

  @Test
  void sendsOnWhatItHasAndEndsWell() throws Exception {
    int tcp = Ports.free();
    int http = Ports.free();
    int admin = Ports.free();
    try (Sink sink = new Sink(new Reckoning(6, KEYS));
        RelayProcess relay = RelayProcess.start(conf(tcp, http, admin, sink), admin);
        Senders senders = new Senders(KEYS)) {
      senders.start(4, Way.tcp(tcp)).start(2, Way.http(http));
      await().until(() -> sink.reckoning().arrived() > 500_000);

      int exit = relay.stop();

      senders.join();
      awaitStill(sink.reckoning());
      Reckoning.Result result =
          Told.tell("SIGTERM at load", sink.reckoning().against(senders.sent()));
      assertThat(exit).isZero();
      assertThat(relay.log())
          .anyMatch(line -> line.contains("stopped"))
          .noneMatch(line -> line.contains("could not be sent"));
      // Senders are told to go, and all that they wrote before they went is taken.
      Told.assertPerfect(result);
    }
  }

  private static void awaitStill(Reckoning reckoning) {
    long[] before = {-1};
    await()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> before[0] == (before[0] = reckoning.arrived()));
  }

  private Path conf(int tcp, int http, int admin, Sink sink) throws Exception {
    return Files.writeString(
        dir.resolve("relay.conf"),
        """
        listeners {
          tcp { url = "tcp://127.0.0.1:%d", into = main }
          http { url = "http://127.0.0.1:%d", into = main }
        }
        admin { listen = "127.0.0.1:%d" }
        shell.listen = null
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all, destinations = ["tcp://127.0.0.1:%d"] } }
        """
            .formatted(tcp, http, admin, sink.port()));
  }
}
