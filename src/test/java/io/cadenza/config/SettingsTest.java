package io.cadenza.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private enum OnFull {
    BLOCK,
    DROP_OLDEST
  }

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Problems problems = new Problems();

  @Test
  void readsEveryKindOfValue() {
    Settings s =
        settings(
            "text = a, number = 1.10, count = 4, size = 16MiB, time = 10s, flag = on",
            "fraction = 0.5, choice = drop-oldest, word = gzip, texts = [a, 2]");

    assertThat(s.text("text")).isEqualTo("a");
    assertThat(s.text("number")).isEqualTo("1.10");
    assertThat(s.count("count", 0, 9)).isEqualTo(4);
    assertThat(s.bytes("size", 1, 1 << 30)).isEqualTo(16 << 20);
    assertThat(s.duration("time", SECOND, HOUR)).isEqualTo(Duration.ofSeconds(10));
    assertThat(s.flag("flag")).isTrue();
    assertThat(s.fraction("fraction", 0, 1)).isEqualTo(0.5);
    assertThat(s.choice("choice", OnFull.class)).isEqualTo(OnFull.DROP_OLDEST);
    assertThat(s.text("word", "none", "gzip")).isEqualTo("gzip");
    assertThat(s.texts("texts")).containsExactly("a", "2");
    problems.finish(s);
  }

  @Test
  void readsWhatALibraryReadsOfItsOwnAsSecrets() {
    Settings s =
        settings("p { a.b.c = x, \"a.d\" = 1.10, e = true, f = null, g { h = \"\" } }, q = null");

    assertThat(s.secrets("p"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "a.b.c",
                Secret.of("x"),
                "a.d",
                Secret.of("1.10"),
                "e",
                Secret.of("true"),
                "g.h",
                Secret.none()));
    assertThat(s.secrets("p").toString()).contains("a.b.c=***").doesNotContain("1.10");
    assertThat(s.secrets("q")).isEmpty();
    assertThat(s.secrets("r")).isEmpty();
    problems.finish(s);
  }

  @Test
  void tellsOfSecretsThatAreNoTextsWithoutShowingThem() {
    Settings s = settings("p { a.b = [hush] }, q = [hush]");

    assertThat(s.secrets("p")).isEmpty();
    assertThat(s.secrets("q")).isEmpty();

    assertThatThrownBy(() -> problems.finish(s))
        .hasMessageContaining("p.a.b: is not a text")
        .hasMessageContaining("q: a list is not a block")
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @CsvSource({
    "4096,4096",
    "64k,65536",
    "64KiB,65536",
    "1kB,1000",
    "1.5KiB,1536",
    "2GiB,2147483648"
  })
  void readsSizes(String text, long bytes) {
    assertThat(settings("a = " + text).bytes("a", 0, Long.MAX_VALUE)).isEqualTo(bytes);
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "10s,10000", "5m,300000", "0s,0", "1.5s,1500", "2 hours,7200000"})
  void readsTimes(String text, long millis) {
    Duration read = settings("a = " + text).duration("a", Duration.ZERO, Duration.ofDays(1));

    assertThat(read).isEqualTo(Duration.ofMillis(millis));
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void readsNumbersAndFlagsFromTextAsTheEnvironmentGivesThem() {
    Settings s = settings("count = \"4\", flag = \"true\", fraction = \"0.5\"");

    assertThat(s.count("count", 0, 9)).isEqualTo(4);
    assertThat(s.flag("flag")).isTrue();
    assertThat(s.fraction("fraction", 0, 1)).isEqualTo(0.5);
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void tellsWhatWouldBeRightForEachKind() {
    tells("a = x", s -> s.count("a", 0, 64), "a: \"x\" is not a whole number from 0 to 64");
    tells("a = -1", s -> s.count("a", 0, 64), "a: -1 is not a whole number from 0 to 64");
    tells("a = 1.5", s -> s.count("a", 0, 64), "a: 1.5 is not a whole number from 0 to 64");
    tells("a = {}", s -> s.count("a", 0, 64), "a: a block is not a whole number from 0 to 64");
    tells("a = []", s -> s.text("a"), "a: a list is not a text");
    tells(
        "a = 16MX",
        s -> s.bytes("a", 1024, 1 << 30),
        "a: \"16MX\" is not a size from 1KiB to 1GiB, such as 4096, 64KiB or 16MiB");
    tells(
        "a = -1",
        s -> s.bytes("a", 0, Long.MAX_VALUE),
        "a: -1 is not a size of at least 0, such as 4096, 64KiB or 16MiB");
    tells(
        "a = 1ms",
        s -> s.duration("a", SECOND, HOUR),
        "a: \"1ms\" is not a duration from 1s to 1h, such as 500ms, 10s or 5m");
    tells("a = 10", s -> s.duration("a", SECOND, HOUR), "a: 10 has no unit; give a unit: 10s");
    tells("a = maybe", s -> s.flag("a"), "a: \"maybe\" is not true or false");
    tells("a = 1.5", s -> s.fraction("a", 0, 1), "a: 1.5 is not a number from 0 to 1");
    tells("a = NaN", s -> s.fraction("a", 0, 0.5), "a: \"NaN\" is not a number from 0 to 0.5");
    tells(
        "a = drop_oldest",
        s -> s.choice("a", OnFull.class),
        "a: \"drop_oldest\" is not one of block, drop-oldest; did you mean \"drop-oldest\"?");
    tells("a = zip", s -> s.text("a", "none", "all"), "a: \"zip\" is not one of none, all");
    tells(
        "a = /nowhere/x",
        s -> s.file("a"),
        "a: \"/nowhere/x\" does not exist; give a readable file");
    tells("a = /", s -> s.file("a"), "a: \"/\" is a folder; give a readable file");
    tells(
        "a = tcp",
        s -> s.url("a"),
        "a: \"tcp\" has no scheme; give a URL such as tcp://127.0.0.1:2003");
    tells("a = x", s -> s.block("a"), "a: \"x\" is not a block; write a { ... }");
    tells("a = x", s -> s.list("a"), "a: \"x\" is not a list; write [ ... ]");
    tells("a = x", s -> s.texts("a"), "a: \"x\" is not a list; write [ ... ]");
    tells("a = [{}, x]", s -> s.list("a"), "a[1]: \"x\" is not a block; write { ... }");
    tells(
        "a = [1]",
        s -> s.list("a", "url"),
        "a[0]: 1 is not a block or a text (its url); write { ... }");
    tells("a = [b, []]", s -> s.texts("a"), "a[1]: a list is not a text");
    tells(
        "a = [TLSv1.4]",
        s -> s.texts("a", "TLSv1.3"),
        "a[0]: \"TLSv1.4\" is not one of TLSv1.3; did you mean \"TLSv1.3\"?");
    tells("a { b = x }", s -> s.blocks("a"), "a.b: \"x\" is not a block; write b { ... }");
  }

  @Test
  void tellsWhatToGiveForAMissingValue() {
    Settings s = settings("b { url = null }");

    s.block("b").url("url");
    s.block("c").count("n", 1, 2);

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "b.url: missing; give a URL such as tcp://127.0.0.1:2003 (relay.conf:1)",
            "c.n: missing; give a whole number from 1 to 2 (relay.conf:1)");
  }

  @Test
  void answersSomethingHarmlessForWhatIsWrong() {
    Settings s = settings("a = {}");

    assertThat(s.text("a")).isEmpty();
    assertThat(s.text("a", "none", "gzip")).isEqualTo("none");
    assertThat(s.count("a", 3, 9)).isEqualTo(3);
    assertThat(s.duration("a", SECOND, HOUR)).isEqualTo(SECOND);
    assertThat(s.choice("a", OnFull.class)).isEqualTo(OnFull.BLOCK);
    assertThat(s.url("a").host()).isEqualTo("localhost");
    assertThat(s.texts("a")).isEmpty();
    assertThat(s.secret("a").isGiven()).isFalse();
  }

  @Test
  void tellsAllProblemsTogetherWithTheirLines() {
    Settings s =
        settings("listeners {", "  g {", "    format = 3", "    formt = graphite", "  }", "}");
    Settings g = s.blocks("listeners").get("g");

    g.choice("format", OnFull.class);
    g.url("url");
    g.problem("into", "\"mian\" is no pipeline; known: main");

    assertThatThrownBy(() -> problems.finish(s))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "listeners.g.format: 3 is not one of block, drop-oldest (relay.conf:3)\n"
                + "listeners.g.url: missing; give a URL such as tcp://127.0.0.1:2003 (relay.conf:2)\n"
                + "listeners.g.into: \"mian\" is no pipeline; known: main (relay.conf:2)\n"
                + "listeners.g.formt: unknown key; did you mean \"format\"? (relay.conf:4)");
  }

  @Test
  void tellsOfKeysThatNobodyRead() {
    Settings s = settings("a { b = 1, zzzzzzzz = 2 }", "whole { x { y = 1 } }");
    s.block("a").text("b");
    s.block("a").has("c");

    s.done();

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "a.zzzzzzzz: unknown key; known: b, c (relay.conf:1)",
            "whole: unknown key; known: a (relay.conf:2)");
  }

  @Test
  void quotesNamesThatHoldDots() {
    Settings s = settings("l { \"a.b\" { x = 1 } }");

    assertThat(s.blocks("l").get("a.b").path()).isEqualTo("l.\"a.b\"");
  }

  @Test
  void keepsNamedBlocksInTheOrderOfTheFile() {
    Settings s = settings("l {", "zz {}", "bb { x = 1 }", "mm.x = 1", "aa {}", "cc = null", "}");

    assertThat(s.blocks("l").keySet()).containsExactly("zz", "bb", "mm", "aa");
  }

  @Test
  void takesABlockThatIsNullForRemoved() {
    Settings s = settings("l { a { x = 1 } }", "l.a = null");

    assertThat(s.blocks("l")).isEmpty();
    problems.finish(s);
  }

  @Test
  void readsPlainTextInAListAsTheBlockItIsShortFor() {
    Settings s = settings("d = [\"tcp://a:1#x\", { url = \"tcp://b:2\", queue = 1k }]");

    List<Settings> list = s.list("d", "url");

    assertThat(list).extracting(d -> d.url("url").address()).containsExactly("a:1", "b:2");
    assertThat(list).extracting(Settings::path).containsExactly("d[0]", "d[1]");
    assertThat(list.get(1).bytes("queue", 0, 4096)).isEqualTo(1024);
    problems.finish(s);
  }

  @Test
  void tellsTheKindOfAValueApart() {
    Settings s = settings("a = x, b {}, c = [], d = null, n = 1");

    assertThat(List.of("a", "b", "c", "d", "e", "n"))
        .filteredOn(s::isText)
        .containsExactly("a", "n");
    assertThat(List.of("a", "b", "c", "d", "e", "n"))
        .filteredOn(s::has)
        .containsExactly("a", "b", "c", "n");
  }

  @Test
  void readsWhatIsAbsentFromTheDefaults() {
    Settings s =
        settings(
            "d { n = 1, m = 2, tls { on = true }, list = [x] }", "b { n = 5, tls { ca = y } }");
    Settings b = s.block("b").withDefaults(s.block("d"));

    assertThat(b.count("n", 0, 9)).isEqualTo(5);
    assertThat(b.count("m", 0, 9)).isEqualTo(2);
    assertThat(b.block("tls").flag("on")).isTrue();
    assertThat(b.block("tls").text("ca")).isEqualTo("y");
    assertThat(b.texts("list")).containsExactly("x");
    problems.finish(s);
  }

  @Test
  void tellsOfAMissingValueWhereItIsToBeGiven() {
    Settings s = settings("d {", "into = null", "}", "b { x = 1 }");

    s.block("b").withDefaults(s.block("d")).text("into");

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly("b.into: missing; give a text (relay.conf:4)");
  }

  @Test
  void switchesADefaultOffWithNull() {
    Settings s = settings("d { regex = x }", "b { regex = null }");

    assertThat(s.block("b").withDefaults(s.block("d")).textOr("regex", "none")).isEqualTo("none");
  }

  @Test
  void answersTheDefaultForAWrongValueAndTellsOfItOnce() {
    Settings s = settings("d { max = 9 }", "b { max = x }");

    int max = s.block("b").withDefaults(s.block("d")).count("max", 1, 9);

    assertThat(max).isEqualTo(9);
    assertThat(problems.list()).hasSize(1);
  }

  @Test
  void tellsOfAWrongDefaultOnceHoweverManyUseIt() {
    Settings s = settings("d { max = x }", "l { a {}, b {} }");

    s.blocks("l").values().forEach(b -> b.withDefaults(s.block("d")).count("max", 1, 9));

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly("d.max: \"x\" is not a whole number from 1 to 9 (relay.conf:1)");
  }

  @Test
  void tellsOfAMisspeltKeyWhereItStandsNotWhereItIsUsed() {
    Settings s = settings("d { format = x, fromat = y }", "l { a {}, b { formatt = z } }");
    s.blocks("l").values().forEach(b -> b.withDefaults(s.block("d")).text("format"));

    s.done();

    assertThat(problems.list())
        .extracting(Problem::path)
        .containsExactly("d.fromat", "l.b.formatt");
  }

  @Test
  void rememberedKeysHaveNoNamesOrPlaces() {
    Settings s = settings("d { url = x }", "p { main { routes = [ { to = [a] } ] } }");
    Settings main = s.blocks("p").get("main").withDefaults(s.block("d"));

    main.text("url");
    main.list("routes").get(0).texts("to");

    assertThat(s.keysRead())
        .containsExactlyInAnyOrder(
            "p.*.url", "d.url", "p.*.routes", "d.routes", "p.*.routes[*].to");
  }

  @Test
  void problemOfTheCallerMayNameAPlaceInAList() {
    Settings s = settings("p {", "to = [a, rng]", "}");

    s.block("p").problem("to[1]", "\"rng\" is no cluster; known: ring");

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly("p.to[1]: \"rng\" is no cluster; known: ring (relay.conf:2)");
  }

  @Test
  void readsAFileThatIsThere(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.pem"), "x");

    assertThat(settings("a = \"" + file + "\"").file("a")).isEqualTo(file);
  }

  @Test
  void readsAnAddressWithoutScheme() {
    Settings s = settings("a = \"127.0.0.1:6061\", b = \"tcp://x:1\", c = localhost");

    assertThat(s.address("a", 1).address()).isEqualTo("127.0.0.1:6061");
    assertThat(s.address("c", 7).address()).isEqualTo("localhost:7");
    s.address("b", 1);
    assertThat(problems.list())
        .extracting(Problem::message)
        .containsExactly("has a scheme; give host and port only, such as 127.0.0.1:6061");
  }

  @Test
  void shortensLongValuesAndKeepsThemOnOneLine() {
    Settings s = settings("a = \"line\\n" + "x".repeat(500) + "\"");

    s.flag("a");

    assertThat(problems.list().get(0).toString())
        .contains("\"line\\nxxx")
        .doesNotContain("\n")
        .hasSizeLessThan(150);
  }

  private void tells(String hocon, Consumer<Settings> read, String line) {
    var found = new Problems();
    read.accept(Settings.root(parse(hocon), found));
    assertThat(found.list())
        .extracting(Problem::toString)
        .containsExactly(line + " (relay.conf:1)");
  }

  private Settings settings(String... lines) {
    return Settings.root(parse(String.join("\n", lines)), problems);
  }

  private static Config parse(String hocon) {
    return ConfigFactory.parseString(
        hocon, ConfigParseOptions.defaults().setOriginDescription("relay.conf"));
  }
}
