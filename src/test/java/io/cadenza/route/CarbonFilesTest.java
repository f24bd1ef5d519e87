package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.config.ConfigException;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** carbon's rule files, as they are. */
class CarbonFilesTest {
  @TempDir private Path dir;

  @Test
  void readsAggregationRules() throws IOException {
    PipelineConfig main =
        aggregated(
            """
            # The form of each line in this file should be as follows:
            #
            #   output_template (frequency) = method input_pattern

            <env>.applications.<app>.all.requests (60) = sum <env>.applications.<app>.*.requests
              <env>.applications.<app>.all.latency\t(10)=p999   <env>.applications.<app>.*.<<latency>>\s
            a.100%% 5 = count a.*
            """,
            "");

    assertThat(main.carbonRules())
        .extracting(CarbonRule::function)
        .containsExactly("sum", "p999", "count");
    assertThat(main.carbonRules())
        .extracting(CarbonRule::every)
        .containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(5));
    assertThat(main.aggregates()).extracting(AggregateConfig::to).contains("a.100%");
    AggregateConfig first = main.aggregates().get(0);
    assertThat(first.input()).isEqualTo("<env>.applications.<app>.*.requests");
    assertThat(first.match().tags()).isTrue();
    assertThat(first.match().conditions())
        .extracting(MatcherConfig.Condition::text)
        .containsExactly(
            "^(?:(?P<env>[^.]+?)\\.applications\\.(?P<app>[^.]+?)\\.[^.]+\\.requests$)");
    assertThat(first.dropRaw()).isFalse();
    assertThat(first.dropSame()).isTrue();
  }

  @Test
  void takesEveryMethodOfCarbon() throws IOException {
    StringBuilder rules = new StringBuilder();
    List<String> methods =
        List.of("sum", "avg", "min", "max", "count", "p50", "p75", "p80", "p90", "p95", "p99");
    methods.forEach(method -> rules.append("x (1) = ").append(method).append(" y\n"));

    assertThat(aggregated(rules + "x (1) = p999 y", "").carbonRules()).hasSize(12);
  }

  @Test
  void putsTheRulesOfTheFileBehindItsOwn() throws IOException {
    PipelineConfig main =
        aggregated("f.all (60) = sum f.*\n", "aggregate = [ { input = \"o.*\", to = \"o.all\" } ]");

    assertThat(main.aggregates()).extracting(AggregateConfig::to).containsExactly("o.all", "f.all");
    assertThat(main.carbonRules())
        .extracting(CarbonRule::aggregate)
        .containsExactly(main.aggregates().get(1));
  }

  @Test
  void takesFromTheDefaultsWhatCarbonHasNoWordFor() throws IOException {
    Path rules = Files.writeString(dir.resolve("rules"), "f.all (60) = sum f.*\n");
    Settings root =
        Configuration.read(
            """
            defaults.aggregate { drop-raw = true, into = [one], wait = 7s, every = 3s }
            pipelines { main {
              aggregation { rules = "%s" }
              routes = [ { to = [one] } ]
            } }
            clusters { one { policy = all, destinations = ["tcp://h:1"] } }
            """
                .formatted(rules),
            "test");
    CarbonRule rule = RoutingTable.read(root).pipelines().get("main").carbonRules().get(0);
    Settings block = rule.settings(root.block("defaults").block("aggregate"));

    assertThat(root.problems().list()).isEmpty();
    assertThat(rule.aggregate().dropRaw()).isTrue();
    assertThat(rule.aggregate().into()).containsExactly("one");
    assertThat(block.text("function")).isEqualTo("sum");
    assertThat(block.text("every")).isEqualTo("60s");
    assertThat(block.text("wait")).isEqualTo("7s");
  }

  @Test
  void tellsEveryLineThatIsNoRule() {
    Path file = dir.resolve("aggregation");

    assertThatThrownBy(
            () ->
                aggregated(
                    """
                    # fine
                    a.all (60) = sum a.*
                    a.all (60) sum a.*
                    a.all(60) = sum a.*
                    a.all (0) = sum a.*
                    a.all (1.5) = mean a.*
                    a.all (60) = sum a.* # all of them
                    a.<b> (60) = sum a.*
                    a.all (60) = sum a.(b
                    a.all (60) = sum
                    """,
                    ""))
        .hasMessage(
            String.join(
                "\n",
                at(file, 3, "\"a.all (60) sum a.*\" is no rule" + RIGHT),
                at(file, 4, "\"a.all(60) = sum a.*\" is no rule" + RIGHT),
                at(file, 5, "\"(0)\" is no interval; give whole seconds, as (60)"),
                at(file, 6, "\"(1.5)\" is no interval; give whole seconds, as (60)"),
                at(
                    file,
                    6,
                    "\"mean\" is no method; known: avg, count, max, min, p50, p75, p80, p90, p95,"
                        + " p99, p999, sum"),
                at(file, 7, "\"a.all (60) = sum a.* # all of them\" is no rule" + RIGHT),
                at(file, 8, "\"a.<b>\": unknown field b (\"a.*\" has none) at position 2"),
                at(
                    file,
                    9,
                    "\"a.(b\": means the regex \"^(?:a\\.(b$)\": group without closing ) at"
                        + " position 1"),
                at(file, 10, "\"a.all (60) = sum\" is no rule" + RIGHT)));
  }

  private static final String RIGHT = "; write OUTPUT (SECONDS) = METHOD INPUT";

  private static String at(Path file, int line, String problem) {
    return "pipelines.main.aggregation.rules: " + file + ":" + line + ": " + problem + " (test:2)";
  }

  @Test
  void readsRewriteRules() throws IOException {
    RoutingTable table =
        rewritten(
            """
            # comment
            ; comment
            [PRE]
            ^collectd\\.([a-z0-9]+)\\. = \\1.system.
            x=y=z

            [post]
            _sum$ =
            _avg$=
            ^dollar = $1
            """,
            "rewrite = [ { old = a, to = b } ]");

    PipelineConfig main = table.pipelines().get("main");
    assertThat(main.rewrites())
        .containsExactly(
            new RewriteConfig("^collectd\\.([a-z0-9]+)\\.", null, "${1}.system.", -1, null),
            new RewriteConfig("x", null, "y=z", -1, null),
            new RewriteConfig(null, "a", "b", -1, null));
    assertThat(main.postRewrites())
        .isEqualTo(table.all().get("main:post").rewrites())
        .containsExactly(
            new RewriteConfig("_sum$", null, "", -1, null),
            new RewriteConfig("_avg$", null, "", -1, null),
            new RewriteConfig("^dollar", null, "$$1", -1, null));
    assertThat(main.rewritePost()).isFalse();
  }

  @Test
  void tellsEveryLineThatIsNoRewrite() {
    Path file = dir.resolve("rewrite");
    String key = "pipelines.main.rewrite-rules: " + file + ":";

    assertThatThrownBy(
            () ->
                rewritten(
                    """
                    a = b
                    [pre]
                    nothing
                     = x
                    (a = b
                    a = \\2
                    a = \\q
                    a = x y
                    [pre]
                    [other]
                    a = b
                    """,
                    ""))
        .hasMessage(
            String.join(
                "\n",
                key + "1: is in no section; put [pre] or [post] in front (test:2)",
                key + "3: \"nothing\" is no rule; write REGEX = REPLACEMENT (test:2)",
                key + "4: \"= x\" is no rule; write REGEX = REPLACEMENT (test:2)",
                key + "5: \"(a\": group without closing ) at position 0 (test:2)",
                key + "6: \"${2}\": unknown group 2 (a has 0 groups) at position 0 (test:2)",
                key
                    + "7: \"\\q\": \\ without a group (write \\\\ for a backslash) at position 0"
                    + " (test:2)",
                key
                    + "8: \"x y\" has a blank or a control character, where a key would end; leave"
                    + " it out (test:2)",
                key + "9: another section is [pre]; put the rules into one (test:2)",
                key + "10: \"[other]\" is no section; there are [pre] and [post] (test:2)"));
  }

  @Test
  void rewritesInFrontOfItsOwnRewrites() throws IOException {
    Path file = Files.writeString(dir.resolve("rewrite"), "[pre]\n^a(\\d) = b\\1\n");
    Rig rig =
        new Rig(
            """
            pipelines { main {
              rewrite-rules = "%s", rewrite = [ { old = b, to = c } ], routes = [ { to = [one] } ]
            } }
            clusters { one { policy = all, destinations = ["tcp://h:1"] } }
            """
                .formatted(file));

    rig.route("main", "a1.x 1 1", "b2.x 1 1", "x 1 1");

    assertThat(rig.at("one/h:1")).isEqualTo("c1.x 1 1\nc2.x 1 1\nx 1 1\n");
  }

  @Test
  void tellsOfFilesThatCannotBeRead() throws IOException {
    Files.write(
        dir.resolve("latin"), "caf\u00e9 (60) = sum a".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> table("rewrite-rules = \"" + dir + "/none\""))
        .hasMessageContaining("pipelines.main.rewrite-rules")
        .hasMessageContaining("does not exist; give a readable file");
    assertThatThrownBy(() -> table("rewrite-rules = \"" + dir + "\""))
        .hasMessageContaining("is a folder; give a readable file");
    assertThatThrownBy(() -> table("aggregation { rules = \"" + dir + "/latin\" }"))
        .hasMessageContaining("is not in UTF-8");
    assertThatThrownBy(() -> table("rewrite-rules = \"/dev/null\""))
        .hasMessageContaining("is no file of rules");
  }

  /** So that a reload sees that a file has changed, and does nothing when only comments have. */
  @Test
  void whatIsInTheFilesIsPartOfThePipeline() throws IOException {
    PipelineConfig before = aggregated("a (60) = sum b\n", "");

    assertThat(aggregated("# one more\n\na (60) = sum b\n", "")).isEqualTo(before);
    assertThat(aggregated("a (60) = max b\n", "")).isNotEqualTo(before);
    assertThat(aggregated("a (61) = sum b\n", "")).isNotEqualTo(before);
    assertThat(aggregated("a (60) = sum c\n", "")).isNotEqualTo(before);
  }

  /** Whatever is in a file, it is rules, or problems that name the file. */
  @Property(tries = 300)
  void takesAnyBytesForAFile(
      @ForAll @Size(max = 60) List<@From("pieces") String> pieces, @ForAll byte[] end)
      throws IOException {
    Path file = Files.createTempFile("carbon", ".conf");
    try {
      Files.write(file, (String.join("", pieces)).getBytes(StandardCharsets.UTF_8));
      Files.write(file, end, StandardOpenOption.APPEND);
      for (String key : List.of("rewrite-rules = \"%s\"", "aggregation { rules = \"%s\" }")) {
        try {
          assertThat(table(key.formatted(file)).pipelines()).containsKey("main");
        } catch (ConfigException wrong) {
          assertThat(wrong.getMessage().lines()).allMatch(line -> line.contains(file.toString()));
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
        "a",
        ".",
        "<a>",
        "<<b>>",
        "*",
        " ",
        "(60)",
        " = ",
        "=",
        "sum ",
        "\n",
        "\r\n",
        "[pre]\n",
        "[post]\n",
        "#",
        ";",
        "\\1",
        "\\g<a>",
        "(",
        ")",
        "$",
        "%",
        "[",
        "é",
        "\t",
        "a (60) = sum b\n");
  }

  private PipelineConfig aggregated(String rules, String more) throws IOException {
    Path file = Files.writeString(dir.resolve("aggregation"), rules);
    return table("aggregation { rules = \"" + file + "\" }\n" + more).pipelines().get("main");
  }

  private RoutingTable rewritten(String rules, String more) throws IOException {
    Path file = Files.writeString(dir.resolve("rewrite"), rules);
    return table("rewrite-rules = \"" + file + "\"\n" + more);
  }

  private static RoutingTable table(String keys) {
    return Rig.table("pipelines { main {\n" + keys + "\nroutes = [ { to = [blackhole] } ] } }");
  }
}
