package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import io.cadenza.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationFilesTest {
  @TempDir private Path dir;

  /** One of everything, so that every key is asked for. */
  private static final String WHOLE =
      """
      listeners { in {
        url = "tcp://127.0.0.1:1", into = main
        tls { enabled = true, certificate = "CERTIFICATE", key = "KEY" }
      } }
      pipelines { main {
        block = [ { prefix = a } ]
        rewrite = [ { old = a, to = b } ]
        aggregate = [ { regex = a, to = b } ]
        routes = [ { match { prefix = b }, to = [one] } ]
      }
      stats { accumulate { format = statsd, into = one, histogram = [ { bins = [1] } ] } }
      bins { accumulate { format = graphite, into = one, rules = [ { function = sum } ] } }
      }
      stores {
        memory { driver = memory }
        files { driver = whisper, path = data }
        rows { driver = cassandra, tls { enabled = true } }
        lines { driver = file, path = lines }
        messages { driver = kafka, dsn = "localhost:1" }
        tables { driver = mysql, dsn = "a:b@tcp(localhost:1)/c" }
      }
      api.tls { enabled = true, certificate = "CERTIFICATE", key = "KEY" }
      clusters { one { policy = first-match, destinations = [
        { url = "tcp://127.0.0.1:2", match { prefix = a } } ] } }
      """;

  /** Names that only hold other things. */
  private static final Set<String> CONTAINERS =
      Set.of("listeners", "pipelines", "clusters", "stores", "limits");

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("conf/examples"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExamplePassesTheCheck(Path example) {
    CommandLineRun run = CommandLineRun.of("check", "-c", example.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  @Test
  void everyKeyOfTheReferenceIsRead() {
    Set<String> unread = new TreeSet<>(Configuration.referenceKeys());
    unread.removeAll(keysRead());

    assertThat(unread).isEmpty();
  }

  @Test
  void everyKeyThatIsReadIsInTheReference() {
    Set<String> unknown = new TreeSet<>();
    List<String> known = List.copyOf(Configuration.referenceKeys());
    for (String read : keysRead()) {
      // A matcher has the same keys wherever it stands.
      String key =
          read.replaceAll(
                  "^defaults\\.(route|destination|aggregation-rule)\\.match", "defaults.match")
              .replaceAll("^defaults\\.pipeline\\.(aggregation|accumulate)\\.", "defaults.$1.");
      boolean chosen = key.contains("*");
      boolean block = known.stream().anyMatch(k -> k.startsWith(key + "."));
      if (!chosen && !block && !known.contains(key) && !CONTAINERS.contains(key)) {
        unknown.add(key);
      }
    }

    assertThat(unknown).isEmpty();
  }

  private Set<String> keysRead() {
    TestCertificates.Pair pair = new TestCertificates(dir).sign("one", "ip:127.0.0.1");
    String whole =
        WHOLE
            .replace("CERTIFICATE", pair.certificate().toString())
            .replace("KEY", pair.key().toString());
    Settings settings = Configuration.read(whole, "whole");
    RelayConfig.read(settings);
    return settings.keysRead();
  }
}
