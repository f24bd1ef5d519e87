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

/** A destination that stops reading for a while, and those who send to it. */
@Timeout(120)
class BackPressureTest {
  private static final int KEYS = 20;
  private static final int QUEUE = 1 << 20;

  private static final long MOST = 5L * QUEUE / 4;

  /**
   * Where the oldest are dropped, each of two connections keeps its share, and maybe a piece beyond
   * it: a batch of a listener.
   */
  private static final long SHARES_AND_PIECES = QUEUE + 2 * 264L * 1024;

  @TempDir private Path dir;

  private final int tcp = Ports.free();
  private final int http = Ports.free();
  private final int pickle = Ports.free();

  @Test
  void holdsBackEveryKindOfSenderAndThenLosesNothing() throws Exception {
    Reckoning of = new Reckoning(8, KEYS);
    try (Sink stuck = new Sink(of);
        Sink other = new Sink(new Reckoning(8, KEYS));
        WholeRelay relay = relay("block", stuck, "drop-oldest", other);
        Senders senders = new Senders(KEYS)) {
      stuck.pause();
      senders
          .start(2, Way.tcp(tcp))
          .start(2, Way.unix(dir.resolve("in.sock")))
          .start(2, Way.http(http))
          .start(2, Way.pickle(pickle));
      await().until(() -> new Figures(relay.stats()).at("pipelines.main.holds") > 0);
      senders.awaitHeld();

      Figures held = new Figures(relay.stats());
      assertThat(held.at(destination(stuck) + ".queue-bytes")).isBetween(QUEUE / 2L, MOST);
      awaitAllGone(relay, other);
      assertThat(other.reckoning().gaps()).isZero();
      assertThat(other.reckoning().arrived()).isGreaterThan(of.arrived());

      long before = senders.total();
      stuck.resume();
      await().until(() -> senders.total() > before + 100_000);
      senders.stop();

      Told.assertPerfect(Told.awaitAll("block, stopped and went on", of, senders));
      Told.assertPerfect(Told.awaitAll("drop-oldest beside it", other.reckoning(), senders));
      assertNothingDropped(relay, stuck, other);
    }
  }

  @Test
  void slowsNobodyWhereTheOldestAreDropped() throws Exception {
    slowsNobody("drop-oldest", SHARES_AND_PIECES);
  }

  @Test
  void slowsNobodyWhereTheNewestAreDropped() throws Exception {
    slowsNobody("drop-newest", MOST);
  }

  private void slowsNobody(String policy, long most) throws Exception {
    Reckoning of = new Reckoning(4, KEYS);
    try (Sink stuck = new Sink(of);
        Sink healthy = new Sink(new Reckoning(4, KEYS));
        WholeRelay relay = relay(policy, stuck, "block", healthy);
        Senders senders = new Senders(KEYS).lines(200_000)) {
      stuck.pause();
      senders.start(2, Way.tcp(tcp)).start(2, Way.unix(dir.resolve("in.sock"))).join();
      // All of it, while the other has read nothing.
      Told.assertPerfect(Told.awaitAll("block beside " + policy, healthy.reckoning(), senders));

      Figures stuckThen = new Figures(relay.stats());
      long dropped = stuckThen.at(destination(stuck) + ".dropped.queue-full");
      assertThat(dropped).isPositive();
      assertThat(stuckThen.at(destination(stuck) + ".queue-bytes")).isLessThan(most);
      stuck.resume();
      awaitAllGone(relay, stuck);
      Reckoning.Result result = Told.tell(policy, of.against(senders.sent()));
      long all = new Figures(relay.stats()).at(destination(stuck) + ".dropped.queue-full");
      assertThat(result)
          .isEqualTo(new Reckoning.Result(result.sent(), result.sent() - all, all, 0, 0, 0));
    }
  }

  /** Everything that a destination got has come to its sink or was dropped. */
  private void awaitAllGone(WholeRelay relay, Sink sink) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              Figures now = new Figures(relay.stats());
              assertThat(now.at(destination(sink) + ".queue-lines")).isZero();
              assertThat(sink.reckoning().arrived())
                  .isEqualTo(now.at(destination(sink) + ".lines-out"));
            });
  }

  private static void assertNothingDropped(WholeRelay relay, Sink... sinks) {
    Figures figures = new Figures(relay.stats());
    for (Sink sink : sinks) {
      assertThat(figures.at(destination(sink) + ".dropped.queue-full")).isZero();
      assertThat(figures.at(destination(sink) + ".resent")).isZero();
    }
  }

  private static String destination(Sink sink) {
    return "destinations.to-" + sink.port() + "/127.0.0.1:" + sink.port();
  }

  private WholeRelay relay(String policy, Sink stuck, String otherPolicy, Sink other) {
    return WholeRelay.start(
        """
        listeners {
          tcp { url = "tcp://127.0.0.1:%d", into = main }
          http { url = "http://127.0.0.1:%d", into = main }
          pickle { url = "tcp://127.0.0.1:%d", format = pickle, into = main }
          unix { url = "unix://%s", into = main }
        }
        admin { listen = "127.0.0.1:0" }
        instances = 2
        shutdown { deadline = 1s }
        pipelines { main { routes = [ { to = [to-%d, to-%d] } ] } }
        clusters {
          %s
          %s
        }
        """
            .formatted(
                tcp,
                http,
                pickle,
                dir.resolve("in.sock"),
                stuck.port(),
                other.port(),
                cluster(stuck, policy, QUEUE),
                cluster(other, otherPolicy, 16 * QUEUE)),
        "back-pressure");
  }

  private static String cluster(Sink sink, String policy, int queue) {
    return """
        to-%d { policy = all, destinations = [
          { url = "tcp://127.0.0.1:%d", queue = %d, on-full = %s, write-timeout = 60s } ] }
        """
        .formatted(sink.port(), sink.port(), queue, policy);
  }
}
