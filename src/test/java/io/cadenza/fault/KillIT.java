package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.scenario.Figures;
import io.cadenza.scenario.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the relay while it writes to its spool, and while it reads from it. */
@Timeout(180)
class KillIT {
  private static final int KEYS = 20;
  private static final int CONNECTIONS = 4;
  private static final int BATCH = 500;
  private static final int KILLS = 3;

  /** Lines a second that are read back: slow enough to be killed meanwhile. */
  private static final int RATE = 50_000;

  /** What is written again at each start: the last that may have been on its way (1 MiB). */
  private static final long IN_FLIGHT = (2L << 20) / "c0.k00 0000 1700000000\n".length();

  @TempDir private Path dir;

  private final int tcp = Ports.free();
  private final int http = Ports.free();
  private final int admin = Ports.free();
  private Sink sink;
  private RelayProcess relay;

  @BeforeEach
  void startWithItsDestinationAway() {
    sink = new Sink(new Reckoning(CONNECTIONS, KEYS));
    sink.goAway();
  }

  @AfterEach
  void end() {
    relay.close();
    sink.close();
  }

  @Test
  void whatCountsAsSpooledSurvivesEveryKill() throws Exception {
    relay = start("always", 0);
    long spooled = 0;
    try (Senders senders = new Senders(KEYS).batch(BATCH).again()) {
      senders.start(CONNECTIONS, Way.http(http));
      for (int kill = 0; kill < KILLS; kill++) {
        await().atMost(Duration.ofSeconds(30)).until(() -> figure("spooled") > 20_000);
        spooled += figure("spooled");
        killAndStart("always", 0);
      }
      senders.stop();
      await().untilAsserted(() -> assertThat(figure("queue-lines")).isZero());
      spooled += figure("spooled");
      sink.comeBack();

      long all = spooled;
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(figure("spool-lines")).isZero();
                assertThat(sink.reckoning().arrived()).isGreaterThanOrEqualTo(all);
              });
      Reckoning.Result result =
          Told.tell(
              "kill -9 " + KILLS + " times, " + spooled + " spooled (sync = always)",
              sink.reckoning().against(senders.sent()));
      assertThat(result.reordered() + result.damaged()).isZero();
      // A request that got no answer is sent again.
      assertThat(result.duplicated()).isLessThanOrEqualTo((long) senders.failures() * BATCH);
      assertThat(relay.stop()).isZero();
    }
  }

  @Test
  void whatWasSpooledSurvives() throws Exception {
    relay = start("1s", 0);
    long spooled = 0;
    try (Senders senders = new Senders(KEYS)) {
      senders.start(CONNECTIONS, Way.tcp(tcp));
      await().atMost(Duration.ofSeconds(30)).until(() -> figure("spooled") > 100_000);
      spooled = figure("spooled");
      relay.kill();
      senders.join();
      relay = start("1s", 0);
      sink.comeBack();
      await().atMost(Duration.ofSeconds(30)).until(() -> figure("spool-lines") == 0);

      long all = spooled;
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(sink.reckoning().arrived()).isGreaterThanOrEqualTo(all));
      Reckoning.Result result =
          Told.tell(
              "kill -9 while spooling, " + spooled + " spooled",
              sink.reckoning().against(senders.offered()));
      assertThat(sink.reckoning().gaps()).isZero();
      assertThat(result.duplicated() + result.reordered() + result.damaged()).isZero();
    }
  }

  @Test
  void replayGoesOnWhereItWas() throws Exception {
    relay = start("1s", RATE);
    try (Senders senders = new Senders(KEYS).batch(BATCH).lines(40_000)) {
      senders.start(CONNECTIONS, Way.http(http)).join();
      await().until(() -> figure("spool-lines") == senders.total());
      sink.comeBack();
      for (int kill = 0; kill < KILLS - 1; kill++) {
        long before = sink.reckoning().arrived();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> sink.reckoning().arrived() > before + 20_000);
        killAndStart("1s", RATE);
      }

      Reckoning.Result result =
          Told.awaitAll("kill -9 " + (KILLS - 1) + " times, replaying", sink.reckoning(), senders);
      assertThat(result.lost() + result.reordered() + result.damaged()).isZero();
      assertThat(result.duplicated()).isLessThanOrEqualTo((KILLS - 1) * IN_FLIGHT);
      await().untilAsserted(() -> assertThat(figure("spool-lines")).isZero());
    }
  }

  private void killAndStart(String sync, int rate) throws Exception {
    relay.kill();
    relay = start(sync, rate);
  }

  private long figure(String name) {
    Figures now = relay.figures();
    return now.at("destinations.one/127.0.0.1:" + sink.port() + "." + name);
  }

  private RelayProcess start(String sync, int rate) throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("relay.conf"),
            """
            listeners {
              tcp { url = "tcp://127.0.0.1:%d", into = main }
              http { url = "http://127.0.0.1:%d", into = main }
            }
            admin { listen = "127.0.0.1:%d" }
            shell.listen = null
            spool { path = "%s", sync = %s }
            pipelines { main { routes = [ { to = [one] } ] } }
            clusters { one { policy = all, destinations = [
              { url = "tcp://127.0.0.1:%d", on-full = spool, reconnect-max = 500ms,
                connections = 1, spool { replay-rate = %d } } ] } }
            """
                .formatted(tcp, http, admin, dir.resolve("spool"), sync, sink.port(), rate));
    return RelayProcess.start(file, admin);
  }
}
