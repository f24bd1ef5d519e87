package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.app.WholeRelay;
import io.cadenza.scenario.Figures;
import io.cadenza.scenario.Ports;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The relay is stopped while senders give it all they can. */
@Timeout(120)
class StopAtLoadTest {
  private static final int KEYS = 20;
  private static final int CONNECTIONS = 6;

  private final int tcp = Ports.free();
  private final int http = Ports.free();
  private final int pickle = Ports.free();

  @Test
  void whatWasAcceptedHasArrived() {
    try (Sink sink = sink();
        Senders senders = new Senders(KEYS)) {
      Figures end = stopAtLoad(sink, senders, "20s");

      long accepted = end.at("pipelines.main.lines-in");
      await().until(() -> sink.reckoning().arrived() == accepted);
      Reckoning.Result result =
          Told.tell(
              "stopped at load, " + accepted + " accepted",
              sink.reckoning().against(senders.offered()));
      assertThat(sink.reckoning().gaps()).isZero();
      assertThat(result.duplicated() + result.reordered() + result.damaged()).isZero();
      assertThat(dropped(end, sink)).isZero();
    }
  }

  @Test
  void whatCouldNotBeSentInTimeIsCounted() {
    try (Sink sink = sink();
        Senders senders = new Senders(KEYS)) {
      sink.slow(500_000);
      Figures end = stopAtLoad(sink, senders, "300ms");
      sink.resume();

      long accepted = end.at("pipelines.main.lines-in");
      long dropped = dropped(end, sink);
      assertThat(dropped).isPositive();
      // What was on its way at the end is counted, and a part of it may have come.
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> sink.reckoning().arrived() >= accepted - dropped);
      Reckoning.Result result =
          Told.tell(
              "stopped at its deadline, " + accepted + " accepted, " + dropped + " counted",
              sink.reckoning().against(senders.offered()));
      assertThat(sink.reckoning().gaps()).isZero();
      assertThat(result.duplicated() + result.reordered() + result.damaged()).isZero();
    }
  }

  private static Sink sink() {
    return new Sink(new Reckoning(CONNECTIONS, KEYS));
  }

  private Figures stopAtLoad(Sink sink, Senders senders, String deadline) {
    WholeRelay relay = WholeRelay.start(conf(sink, deadline), "stop");
    try {
      senders.start(3, Way.tcp(tcp)).start(2, Way.http(http)).start(1, Way.pickle(pickle));
      await().until(() -> senders.total() > 300_000 && sink.reckoning().arrived() > 50_000);
    } finally {
      relay.close();
    }
    senders.join();
    Figures end = new Figures(relay.stats());
    end.assertBalance(relay);
    return end;
  }

  private static long dropped(Figures end, Sink sink) {
    return end.at("pipelines.main.dropped.shutdown")
        + end.at("destinations.one/127.0.0.1:" + sink.port() + ".dropped.shutdown");
  }

  private String conf(Sink sink, String deadline) {
    return """
        listeners {
          tcp { url = "tcp://127.0.0.1:%d", into = main }
          http { url = "http://127.0.0.1:%d", into = main }
          pickle { url = "tcp://127.0.0.1:%d", format = pickle, into = main }
        }
        admin { listen = "127.0.0.1:0" }
        shutdown { deadline = %s }
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all, destinations = ["tcp://127.0.0.1:%d"] } }
        """
        .formatted(tcp, http, pickle, deadline, sink.port());
  }
}
