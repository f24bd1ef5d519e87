package io.cadenza.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.config.Configuration;
import io.cadenza.config.Problem;
import io.cadenza.config.Settings;
import io.cadenza.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListenerConfigTest {
  private static final List<String> FORMATS =
      List.of("graphite", "statsd", "pickle", "regex", "json", "auto");

  private static List<Problem> problems(String listener) {
    Settings root = Configuration.read("listeners { in { into = main, " + listener + " } }", "t");
    Settings base = root.block("defaults").block("listener");
    ListenerConfig.read("in", root.blocks("listeners").get("in").withDefaults(base), FORMATS);
    return root.problems().list();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          regex                                                     | regex       | missing
          regex, regex = "("                                        | regex       | not a regex
          regex, regex = "^[a-z]+"                                  | regex       | no group
          regex, regex = "(?P<Key>a)", time-layout = "2006"         | time-layout | no group
          regex, regex = "(?P<Key>a)(?P<Timestamp>b)", time-layout = "{y}" | time-layout | neither
          graphite, max-waiting = 1MiB                              | max-waiting | at least 64KiB more
          graphite, permissions = "9"                               | permissions | octal
          """)
  void tellsWhatIsWrongAndWhere(String format, String path, String message) {
    List<Problem> found = problems("url = \"tcp://127.0.0.1:1\", format = " + format);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).path()).isEqualTo("listeners.in." + path);
    assertThat(found.get(0).message()).contains(message);
  }

  @Test
  void tellsThatAKeyIsAnotherCertificates(@TempDir Path dir) throws IOException {
    TestCertificates authority = new TestCertificates(dir);
    TestCertificates.Pair one = authority.sign("one", "ip:127.0.0.1");
    TestCertificates.Pair other = authority.sign("other", "ip:127.0.0.1");
    Path rubbish = Files.writeString(dir.resolve("rubbish.pem"), "rubbish");

    assertThat(tlsProblems(one.certificate(), one.key())).isEmpty();
    assertThat(tlsProblems(one.certificate(), other.key()))
        .singleElement()
        .satisfies(p -> assertThat(p.path()).isEqualTo("listeners.in.tls.key"))
        .satisfies(p -> assertThat(p.message()).contains("is not the key of"));
    assertThat(tlsProblems(rubbish, one.key()))
        .singleElement()
        .satisfies(p -> assertThat(p.path()).isEqualTo("listeners.in.tls.certificate"))
        .satisfies(p -> assertThat(p.message()).contains("holds no certificate"));
  }

  private static List<Problem> tlsProblems(Path certificate, Path key) {
    return problems(
        "url = \"tcp://127.0.0.1:1\", tls { enabled = true, certificate = \"%s\", key = \"%s\" }"
            .formatted(certificate, key));
  }

  @Test
  void takesPicklesWhereThereIsAStreamOrABody() {
    assertThat(problems("format = pickle, url = \"http://127.0.0.1:1\"")).isEmpty();
    assertThat(problems("format = pickle, url = \"unix:///a\"")).isEmpty();
    assertThat(problems("format = pickle, url = \"udp://127.0.0.1:1\"")).hasSize(1);
  }

  @Test
  void takesARegexWithATime() {
    String format =
        "format = regex, regex = \"(?P<Key>a)(?<Timestamp>b)\", time-layout = \"RFC3339\"";
    assertThat(problems("url = \"tcp://127.0.0.1:1\", " + format)).isEmpty();
  }
}
