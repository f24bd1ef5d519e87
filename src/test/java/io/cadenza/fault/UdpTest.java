package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import io.cadenza.scenario.Figures;
import io.cadenza.scenario.Ports;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody can hold back who sends datagrams: what has no room is counted. */
@Timeout(120)
class UdpTest {
  private static final int KEYS = 10;
  private static final int CONNECTIONS = 2;

  private final int port = Ports.free();

  @Test
  void everyDatagramThatHadNoRoomIsCounted() {
    try (Sink sink = new Sink(new Reckoning(CONNECTIONS, KEYS));
        WholeRelay relay = WholeRelay.start(conf(sink), "udp");
        Senders senders = new Senders(KEYS).batch(Way.LINES_A_DATAGRAM).lines(500_000)) {
      sink.pause();
      senders.start(CONNECTIONS, Way.udp(port)).join();
      sink.resume();

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(sink.reckoning().arrived() + counted(relay))
                      .isEqualTo(senders.total()));
      Reckoning.Result result =
          Told.tell(
              "udp to a destination that stopped, " + counted(relay) + " counted as dropped",
              sink.reckoning().against(senders.sent()));
      assertThat(result.lost()).isPositive().isEqualTo(counted(relay));
      assertThat(result.duplicated() + result.reordered() + result.damaged()).isZero();
    }
  }

  /** Lines; the kernel counts datagrams. */
  private static long counted(WholeRelay relay) {
    Figures now = new Figures(relay.stats());
    return now.sum("listeners", "in", "dropped")
        + now.at("listeners.in.kernel-drops") * Way.LINES_A_DATAGRAM;
  }

  private String conf(Sink sink) {
    return """
        listeners { in { url = "udp://127.0.0.1:%d", into = main } }
        admin { listen = "127.0.0.1:0" }
        shutdown { deadline = 1s }
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all, destinations = [
          { url = "tcp://127.0.0.1:%d", queue = 1MiB } ] } }
        """
        .formatted(port, sink.port());
  }
}
