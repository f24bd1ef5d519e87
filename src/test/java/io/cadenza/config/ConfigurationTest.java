package io.cadenza.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir private Path folder;

  @Test
  void takesFromTheReferenceWhatTheFileDoesNotSay() throws IOException {
    Settings s = Configuration.load(file("relay.conf", "shutdown.deadline = 3s"));

    Duration deadline = s.block("shutdown").duration("deadline", Duration.ZERO, Duration.ofDays(1));
    assertThat(deadline).isEqualTo(Duration.ofSeconds(3));
    assertThat(s.block("admin").address("listen", 0).address()).isEqualTo("127.0.0.1:6061");
    s.problems().finish(s);
  }

  @Test
  void knowsTheKeysOfTheReferenceThatNobodyReads() {
    Settings s = Configuration.read("defaults.listener.max-line = 1k, instances = 2", "relay.conf");

    s.problems().finish(s);
  }

  @Test
  void namesTheNearestKeyOfTheReference() {
    Settings s =
        Configuration.read("defaults.listener {\n formt = json\n tls.keys = x }", "relay.conf");

    s.done();

    assertThat(s.problems().list())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "defaults.listener.formt: unknown key; did you mean \"format\"? (relay.conf:2)",
            "defaults.listener.tls.keys: unknown key; did you mean \"key\"? (relay.conf:3)");
  }

  @Test
  void tellsOfAWrongValueInTheReferenceWithItsName() {
    Settings s = Configuration.read("", "relay.conf");

    s.block("admin").count("listen", 0, 9);

    assertThat(s.problems().list())
        .first()
        .asString()
        .matches(".*is not a whole number from 0 to 9 \\(io/cadenza/reference.conf:\\d+\\)");
  }

  @Test
  void readsVariablesOfTheEnvironment() {
    // PATH is set wherever tests run.
    Settings s = Configuration.read("a = x, a = ${?PATH}, b = x, b = ${?NO_SUCH_NAME_}", "r.conf");

    assertThat(s.text("a")).isEqualTo(System.getenv("PATH"));
    assertThat(s.text("b")).isEqualTo("x");
  }

  @Test
  void tellsThatAWrongValueCameFromTheEnvironment() {
    Settings s = Configuration.read("a = ${PATH}", "relay.conf");

    s.count("a", 0, 9);

    assertThat(s.problems().list()).extracting(Problem::where).containsExactly("env variables");
  }

  @Test
  void readsIncludedFilesAndTellsTheirLines() throws IOException {
    file("more.conf", "\nb = x");
    Settings s = Configuration.load(file("relay.conf", "include \"more.conf\"\na = ${b}"));

    assertThat(s.text("a")).isEqualTo("x");
    s.flag("b");

    assertThat(s.problems().list())
        .extracting(Problem::where)
        .containsExactly(folder.resolve("more.conf") + ":2");
  }

  @Test
  void blocksMayStandSideBySideOnALine() throws IOException {
    Settings s =
        Configuration.load(
            file("relay.conf", "a { x = \"}b\" } b { x = [1, 2] y = 3 } # } c\nc = ${a.x}"));

    assertThat(s.block("a").text("x")).isEqualTo("}b");
    assertThat(s.block("b").texts("x")).containsExactly("1", "2");
    assertThat(s.block("b").text("y")).isEqualTo("3");
    assertThat(s.text("c")).isEqualTo("}b");
  }

  @Test
  void includesBesideTheFileWhereBlocksStandSideBySide() throws IOException {
    file("beside.conf", "b = 5");

    Settings s =
        Configuration.load(file("relay.conf", "include \"beside.conf\"\nc { x = 1 } d { x = 2 }"));

    assertThat(s.text("b")).isEqualTo("5");
    assertThat(s.block("d").text("x")).isEqualTo("2");
  }

  @Test
  void tellsTheMistakeOfTheFileItselfWhenBothReadingsFail() throws IOException {
    Path file = file("relay.conf", "a { x = 1 } b { x = 2 }\nc {");

    assertThatThrownBy(() -> Configuration.load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("relay.conf");
  }

  @Test
  void includesWhatIsBesideAFileThatWasNamedWithoutItsFolder() throws IOException {
    Path bare = Path.of("included-" + ProcessHandle.current().pid() + ".conf");
    Path more = Path.of("more-" + bare);
    try {
      Files.writeString(more, "a = x");
      Files.writeString(bare, "include \"" + more + "\"");

      assertThat(Configuration.load(bare).text("a")).isEqualTo("x");
    } finally {
      Files.deleteIfExists(bare);
      Files.deleteIfExists(more);
    }
  }

  @Test
  void keepsTheOrderOfTheFile() throws IOException {
    Path file = file("relay.conf", "clusters {\n z {}\n a {}\n m {}\n}\nclusters.b { x = 1 }");

    assertThat(Configuration.load(file).blocks("clusters").keySet())
        .containsExactly("z", "a", "m", "b");
  }

  @Test
  void tellsFileAndLineOfWhatIsNoHocon() throws IOException {
    Path file = file("relay.conf", "a = 1\nb = [1, 2\nc = }");

    assertThatThrownBy(() -> Configuration.load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("List should have ended with ] or had a comma")
        .hasMessageEndingWith("(" + file + ":3)");
  }

  @Test
  void tellsOfASubstitutionThatNothingDefines() {
    assertThatThrownBy(() -> Configuration.read("a = 1\nb = ${NO_SUCH_NAME_}", "relay.conf"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Could not resolve substitution to a value: ${NO_SUCH_NAME_} (relay.conf:2)");
  }

  @Test
  void tellsOfAFileThatCannotBeRead() {
    Path missing = folder.resolve("no.conf");

    assertThatThrownBy(() -> Configuration.load(missing))
        .isInstanceOf(ConfigException.class)
        .hasMessage(missing + ": there is no such file");
    assertThatThrownBy(() -> Configuration.load(folder))
        .hasMessage(folder + ": is a folder; give a file");
  }

  @Test
  void tellsOfAnIncludedFileThatIsRequiredAndMissing() throws IOException {
    Path file = file("relay.conf", "include required(file(\"no.conf\"))");

    assertThatThrownBy(() -> Configuration.load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no.conf");
  }

  @Test
  void readsAResourceOverTheReference() {
    Settings s = Configuration.loadResource("io/cadenza/config/sample.conf");

    assertThat(s.blocks("listeners").keySet()).containsExactly("statsd", "graphite");
    assertThat(s.block("admin").has("listen")).isTrue();
  }

  @Test
  void tellsOfAMissingResource() {
    assertThatThrownBy(() -> Configuration.loadResource("io/cadenza/config/no.conf"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("resource not found on classpath: io/cadenza/config/no.conf");
  }

  @Test
  void tellsOfAMisspeltKeyInAListOfADefaultedBlock() {
    Settings s =
        Configuration.read(
            "clusters.ring.destinations = [\n{ url = \"tcp://a:1\"\nqueu = 1k }]", "r");
    Settings defaults = s.block("defaults").block("destination");
    Settings ring = s.blocks("clusters").get("ring");

    ring.list("destinations", "url").forEach(d -> d.withDefaults(defaults).url("url"));
    s.done();

    assertThat(s.problems().list())
        .extracting(Problem::toString)
        .containsExactly(
            "clusters.ring.destinations[0].queu: unknown key; did you mean \"queue\"? (r:3)");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
