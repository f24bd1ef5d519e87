package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadenza.scenario.Figures;
import io.cadenza.scenario.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the spool is full, and has room again later. */
@Timeout(120)
class DiskFullIT {
  private static final int KEYS = 20;

  @TempDir private Path dir;

  private final int port = Ports.free();
  private final int admin = Ports.free();

  @Test
  void countsWhatHasNoRoomGoesOnAndRecovers() throws Exception {
    Path disk = Files.createDirectory(dir.resolve("disk"));
    assumeTrue(mayMount(disk), "mounting needs root, and unshare");
    try (Sink away = new Sink(new Reckoning(2, KEYS));
        Sink healthy = new Sink(new Reckoning(2, KEYS));
        RelayProcess relay = start(conf(disk, away, healthy), disk);
        Senders senders = new Senders(KEYS)) {
      away.goAway();
      senders.start(2, Way.tcp(port));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> senders.total() > 1_000_000 && dropped(relay, away) > 0);
      // Nobody waits for the disk.
      long then = senders.total();
      await().until(() -> senders.total() > then + 100_000);
      senders.rate(2_000);
      away.comeBack();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> at(relay, away, "spool-lines") == 0 && at(relay, away, "queue-lines") == 0);

      long lostThen = dropped(relay, away);
      long now = senders.total();
      await().until(() -> senders.total() > now + 5_000);
      senders.stop();

      Told.assertPerfect(
          Told.awaitAll("beside a spool without room", healthy.reckoning(), senders));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> away.reckoning().arrived() + lostThen >= senders.total());
      Reckoning.Result result =
          Told.tell(
              "a disk of 4 MiB, " + lostThen + " counted as dropped",
              away.reckoning().against(senders.sent()));
      assertThat(dropped(relay, away)).isEqualTo(lostThen);
      assertThat(result.lost()).isEqualTo(lostThen);
      assertThat(result.reordered() + result.damaged()).isZero();
      assertThat(result.duplicated()).isLessThanOrEqualTo(at(relay, away, "resent"));
      assertThat(relay.stop()).isZero();
    }
  }

  private static long dropped(RelayProcess relay, Sink sink) {
    Figures figures = relay.figures();
    return figures.sum("destinations", name(sink), "dropped");
  }

  private static long at(RelayProcess relay, Sink sink, String figure) {
    return relay.figures().at("destinations." + name(sink) + "." + figure);
  }

  private static String name(Sink sink) {
    return "to-" + sink.port() + "/127.0.0.1:" + sink.port();
  }

  private static boolean mayMount(Path disk) throws Exception {
    try {
      return new ProcessBuilder(mounted(disk, List.of("true"))).start().waitFor() == 0;
    } catch (java.io.IOException notThere) {
      return false;
    }
  }

  /** A command that sees a small disk of its own. */
  private static List<String> mounted(Path disk, List<String> command) {
    List<String> all = new ArrayList<>();
    String mount = "mount -t tmpfs -o size=4m tmpfs \"$0\" && exec \"$@\"";
    all.addAll(List.of("unshare", "-m", "sh", "-c", mount, disk.toString()));
    all.addAll(command);
    return all;
  }

  private RelayProcess start(Path conf, Path disk) {
    return RelayProcess.start(mounted(disk, RelayProcess.command(conf)), admin);
  }

  private Path conf(Path disk, Sink away, Sink healthy) throws Exception {
    return Files.writeString(
        dir.resolve("relay.conf"),
        """
        listeners { in { url = "tcp://127.0.0.1:%1$d", into = main } }
        admin { listen = "127.0.0.1:%2$d" }
        shell.listen = null
        spool { path = "%3$s", sync = 1s }
        pipelines { main { routes = [ { to = [to-%4$d, to-%5$d] } ] } }
        clusters {
          to-%4$d { policy = all, destinations = [ { url = "tcp://127.0.0.1:%4$d",
            queue = 1MiB, on-full = spool, reconnect-max = 500ms } ] }
          to-%5$d { policy = all, destinations = [ { url = "tcp://127.0.0.1:%5$d" } ] }
        }
        """
            .formatted(port, admin, disk, away.port(), healthy.port()));
  }
}
