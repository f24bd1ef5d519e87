package io.cadenza.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A destination that is full holds back those who send to it, and nobody else. */
class BlockedTest {
  private static final String LINE = "servers.web01.disk.sda.reads.and.more 12345 1700000000\n";

  @Test
  void listenersOfOtherPipelinesGoOn() throws Exception {
    int full = Ports.free();
    int free = Ports.free();
    try (Sink sink = new Sink();
        WholeRelay relay =
            WholeRelay.start(conf(full, Ports.free(), free, sink.port()), "blocked");
        Socket held = new Socket("127.0.0.1", full);
        Socket other = new Socket("127.0.0.1", free)) {
      held.getOutputStream().write(LINE.repeat(5000).getBytes(StandardCharsets.UTF_8));
      await().until(() -> new Figures(relay.stats()).at("pipelines.full.holds") > 0);

      other.getOutputStream().write(LINE.repeat(5000).getBytes(StandardCharsets.UTF_8));

      await().until(() -> sink.lines() == 5000);
      assertThat(new Figures(relay.stats()).at("pipelines.free.lines-out")).isEqualTo(5000);
    }
  }

  private static String conf(int full, int down, int free, int sink) {
    return """
        listeners {
          full { url = "tcp://127.0.0.1:%d", into = full }
          free { url = "tcp://127.0.0.1:%d", into = free }
        }
        instances = 1
        admin { listen = "127.0.0.1:0" }
        shutdown { deadline = 100ms }
        pipelines {
          full { routes = [ { to = [down] } ] }
          free { routes = [ { to = [up] } ] }
        }
        clusters {
          down { policy = all, destinations = [ { url = "tcp://127.0.0.1:%d", queue = 64KiB } ] }
          up { policy = all, destinations = [ { url = "tcp://127.0.0.1:%d", queue = 64KiB } ] }
        }
        """
        .formatted(full, free, down, sink);
  }
}
