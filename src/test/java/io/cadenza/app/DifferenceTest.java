package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.config.Configuration;
import io.cadenza.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferenceTest {
  @TempDir private Path dir;

  @BeforeEach
  void write() throws IOException {
    TestCertificates.Pair pair = new TestCertificates(dir).sign("one", "ip:127.0.0.1");
    Files.copy(pair.certificate(), dir.resolve("cert"));
    Files.copy(pair.key(), dir.resolve("key"));
    Files.writeString(dir.resolve("ca"), "ca");
  }

  private RelayConfig config(String more) {
    String text =
        """
        listeners { in { url = "tcp://127.0.0.1:2003", into = main,
          tls { enabled = true, certificate = "%1$s/cert", key = "%1$s/key" } } }
        pipelines { main { routes = [ { to = [one] } ] } }
        clusters { one { policy = all, destinations = [
          { url = "tcp://127.0.0.1:3003", tls { enabled = true, ca = "%1$s/ca" } } ] } }
        %2$s
        """
            .formatted(dir, more);
    return RelayConfig.read(Configuration.read(text, "test"));
  }

  @Test
  void isEmptyBetweenTheSame() {
    assertThat(Difference.between(config(""), config("")).lines())
        .containsExactly("nothing changed");
  }

  @Test
  void seesThatWhatIsInAFileChanged() throws IOException {
    RelayConfig before = config("");
    Files.writeString(dir.resolve("cert"), "\n", StandardOpenOption.APPEND);
    Files.writeString(dir.resolve("ca"), "renewed");

    assertThat(Difference.between(before, config("")).lines())
        .containsExactly(
            "listener in: changed (tls: what is in its files)",
            "destination one/127.0.0.1:3003: changed (tls: what is in its files)");
  }

  @Test
  void seesThatARuleOfCarbonsFilesChanged() throws IOException {
    String more =
        """
        pipelines.main { rewrite-rules = "%1$s/rewrite", aggregation { rules = "%1$s/rules" } }
        clusters.ring { policy = hash, aggregated-by = main, destinations = ["tcp://h:1"] }
        """
            .formatted(dir);
    Files.writeString(dir.resolve("rewrite"), "[pre]\na = b\n[post]\na = b\n");
    Files.writeString(dir.resolve("rules"), "a (60) = sum b\n");
    RelayConfig before = config(more);
    Files.writeString(dir.resolve("rewrite"), "# new\n[pre]\na = b\n[post]\na = c\n");
    Files.writeString(dir.resolve("rules"), "a (60) = sum c\n");

    assertThat(Difference.between(before, config(more)).lines())
        .containsExactly(
            "pipeline main: changed (aggregate, aggregation.rules, rewrite-rules)",
            "cluster ring: changed (rules)");
  }

  /** A stop reads it when it begins. */
  @Test
  void leavesDestinationsAloneWhenTheDeadlineChanges() {
    assertThat(Difference.between(config(""), config("shutdown.deadline = 1m")).lines())
        .containsExactly("other: changed (shutdown.deadline)");
  }

  @Test
  void namesKeysAsTheFileDoes() {
    String more =
        """
        admin.token = secret
        shell { token = secret, idle-timeout = 1s }
        defaults.destination { compression = gzip, reconnect-max = 1m }
        defaults.pipeline.extra-characters = "_"
        """;

    assertThat(Difference.between(config(""), config(more)).lines())
        .containsExactly(
            "pipeline main: changed (extra-characters)",
            "destination one/127.0.0.1:3003: changed (reconnect-max, compression)",
            "admin: changed (token)",
            "shell: changed (token, idle-timeout)");
  }
}
