package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadenza.scenario.Figures;
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
  private static final int KILLS = 4;

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
  void whatWasAnsweredIsInTheSpool() throws Exception {
    relay = start("always");
    int retried;
    try (Senders senders = new Senders(KEYS).batch(BATCH).again()) {
      senders.start(CONNECTIONS, Way.http(http));
      for (int kill = 0; kill < KILLS; kill++) {
        long before = senders.total();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> senders.total() > before + 20_000 && figure("spool-lines") > 0);
        killAndStart("always");
      }
      senders.stop();
      retried = senders.failures() * BATCH;
      sink.comeBack();

      Reckoning.Result result =
          Told.awaitAll(
              "kill -9 " + KILLS + " times, spooling, sync = always", sink.reckoning(), senders);
      assertThat(result.lost() + result.reordered() + result.damaged()).isZero();
      // A request that got no answer is sent again.
      assertThat(result.duplicated()).isLessThanOrEqualTo(retried);
      assertThat(relay.stop()).isZero();
    }
  }

  @Test
  void whatWasSpooledSurvives() throws Exception {
    relay = start("1s");
    long spooled = 0;
    try (Senders senders = new Senders(KEYS).lines(50_000)) {
      senders.start(CONNECTIONS, Way.tcp(tcp));
      await().atMost(Duration.ofSeconds(30)).until(() -> figure("spooled") > 100_000);
      spooled = figure("spooled");
      relay.kill();
      senders.join();
      relay = start("1s");
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
    relay = start("1s");
    try (Senders senders = new Senders(KEYS).batch(BATCH).lines(100_000)) {
      senders.start(CONNECTIONS, Way.http(http)).join();
      await().until(() -> figure("spool-lines") == senders.total());
      sink.slow(1_000_000);
      sink.comeBack();
      for (int kill = 0; kill < KILLS - 1; kill++) {
        long before = sink.reckoning().arrived();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> sink.reckoning().arrived() > before + 30_000);
        killAndStart("1s");
      }
      sink.resume();

      Reckoning.Result result =
          Told.awaitAll("kill -9 " + (KILLS - 1) + " times, replaying", sink.reckoning(), senders);
      assertThat(result.lost() + result.reordered() + result.damaged()).isZero();
      assertThat(result.duplicated()).isLessThanOrEqualTo((KILLS - 1) * IN_FLIGHT);
      await().untilAsserted(() -> assertThat(figure("spool-lines")).isZero());
    }
  }

  private void killAndStart(String sync) throws Exception {
    relay.kill();
    relay = start(sync);
  }

  private long figure(String name) {
    Figures now = relay.figures();
    return now.at("destinations.one/127.0.0.1:" + sink.port() + "." + name);
  }

  private RelayProcess start(String sync) throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("relay.conf"),
            """
            listeners {
              tcp { url = "tcp://127.0.0.1:%d", into = main }
              http { url = "http://127.0.0.1:%d", into = main }
            }
            admin { listen = "127.0.0.1:%d" }
            spool { path = "%s", sync = %s }
            pipelines { main { routes = [ { to = [one] } ] } }
            clusters { one { policy = all, destinations = [
              { url = "tcp://127.0.0.1:%d", on-full = spool, reconnect-max = 500ms,
                connections = 1 } ] } }
            """
                .formatted(tcp, http, admin, dir.resolve("spool"), sync, sink.port()));
    return RelayProcess.start(file, admin);
  }
}
