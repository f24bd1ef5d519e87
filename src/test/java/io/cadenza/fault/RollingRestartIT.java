package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.scenario.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A second process takes the place of the first, under load. */
@Timeout(180)
class RollingRestartIT {
  private static final int KEYS = 20;
  private static final int CONNECTIONS = 10;
  private static final int RESTARTS = 2;

  @TempDir private Path dir;

  private final int tcp = Ports.free();
  private final int http = Ports.free();
  private final int admin = Ports.free();

  @Test
  void losesNoLineAndRefusesNobody() throws Exception {
    try (Sink sink = new Sink(new Reckoning(CONNECTIONS, KEYS));
        Senders senders = new Senders(KEYS).again().rate(12_000)) {
      List<String> command =
          RelayProcess.command(
              conf(sink), "--pid-file", dir.resolve("pid").toString(), "--replace");
      RelayProcess relay = RelayProcess.start(command, admin);
      try {
        long began = System.nanoTime();
        senders.start(CONNECTIONS - 2, Way.tcp(tcp)).start(2, Way.http(http));
        for (int i = 0; i < RESTARTS; i++) {
          long before = sink.reckoning().arrived();
          await().until(() -> sink.reckoning().arrived() > before + 150_000);
          RelayProcess first = relay;
          relay = RelayProcess.start(command, admin);
          assertThat(first.join()).isZero();
          first.close();
        }
        long before = sink.reckoning().arrived();
        await().until(() -> sink.reckoning().arrived() > before + 150_000);
        senders.stop();
        long rate = senders.total() * 1000 / ((System.nanoTime() - began) / 1_000_000);

        Reckoning.Result result =
            Told.awaitAll(
                RESTARTS + " rolling restarts at " + rate + " lines/s", sink.reckoning(), senders);
        assertThat(rate).isGreaterThan(50_000);
        assertThat(result.lost() + result.duplicated() + result.damaged()).isZero();
        assertThat(senders.refused()).isZero();
        assertThat(relay.stop()).isZero();
      } finally {
        relay.close();
      }
    }
  }

  private Path conf(Sink sink) throws Exception {
    return Files.writeString(
        dir.resolve("relay.conf"),
        """
        listeners {
          tcp { url = "tcp://127.0.0.1:%d", into = main, reuse-port = true }
          http { url = "http://127.0.0.1:%d", into = main, reuse-port = true }
        }
        admin { listen = "127.0.0.1:%d" }
        shell.listen = null
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all, destinations = ["tcp://127.0.0.1:%d"] } }
        """
            .formatted(tcp, http, admin, sink.port()));
  }
}
