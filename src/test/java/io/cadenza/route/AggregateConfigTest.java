package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.route.MatcherConfig.Condition;
import io.cadenza.route.MatcherConfig.Kind;
import org.junit.jupiter.api.Test;

class AggregateConfigTest {
  @Test
  void readsARuleWithARegex() {
    AggregateConfig rule =
        rule(
            """
            { prefix = "app.", not-substring = test, regex = "^app\\\\.(\\\\w+)\\\\.", to = "app.$1.all"
              function = [sum, p99], every = 60s, drop-raw = true, into = [one, main2] }
            """);

    assertThat(rule.match().conditions())
        .containsExactly(
            new Condition(Kind.PREFIX, "app."),
            new Condition(Kind.NOT_SUBSTRING, "test"),
            new Condition(Kind.REGEX, "^app\\.(\\w+)\\."));
    assertThat(rule.match().tags()).isFalse();
    assertThat(rule.to()).isEqualTo("app.$1.all");
    assertThat(rule.dropRaw()).isTrue();
    assertThat(rule.dropSame()).isFalse();
    assertThat(rule.into()).containsExactly("one", "main2");
  }

  @Test
  void readsARuleWithCarbonsPattern() {
    AggregateConfig rule =
        rule("{ input = \"a.<b>.*\", to = \"a.<b>.${function}\", not-prefix = x, tags = true }");

    assertThat(rule.match().conditions())
        .containsExactly(
            new Condition(Kind.NOT_PREFIX, "x"),
            new Condition(Kind.REGEX, "^(?:a\\.(?P<b>[^.]+?)\\.[^.]+$)"));
    assertThat(rule.match().tags()).isTrue();
    assertThat(rule.into()).isEmpty();
  }

  @Test
  void tellsWhatIsWrong() {
    assertProblem("{ to = x }", ": give either regex or input, carbon's pattern");
    assertProblem("{ regex = a, input = a, to = x }", ": give either regex or input");
    assertProblem("{ regex = a }", ".to: missing; give a text");
    assertProblem("{ input = \"(\" }", ".to: missing; give a text");
    assertProblem("{ input = \"(\" }", ".input: \"(\": means the regex \"^(?:($)\": group without");
    assertProblem("{ regex = a, to = \"\" }", ".to: is empty; give the key of what is computed");
    assertProblem("{ regex = a, to = \"x y\" }", ".to: has a blank or a control character");
    assertProblem("{ regex = a, to = \"x\\u0001\" }", ".to: has a blank or a control character");
    assertProblem("{ regex = \"(a)\", to = \"$2\" }", ".to: \"$2\": unknown group 2");
    assertProblem("{ regex = \"(a\", to = x }", ".regex: \"(a\": group without closing )");
    assertProblem("{ input = \"<a>\", to = \"<b>\" }", ".to: \"<b>\": unknown field b");
    assertProblem("{ input = \"<a>\", to = \"$1\" }", ".to: has a $ or \\; the fields of input");
    assertProblem("{ regex = a, to = x, into = [one, two] }", ".into[1]: \"two\" is no cluster,");
    assertProblem("{ regex = a, to = x, not-regex = \"(\" }", ".not-regex: \"(\": group without");
  }

  @Test
  void tellsAWrongRegexOnce() {
    assertThatThrownBy(() -> rule("{ regex = \"(a\", to = x }"))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void refusesRulesThatLeadBackToTheirPipeline() {
    assertProblem(
        "{ regex = a, to = x, into = [main] }",
        "pipelines.main.aggregate: lead back to itself: main -> main");
  }

  @Test
  void namesTheAccumulatorWhoseLinesLeadBack() {
    String conf =
        "pipelines { main { accumulate { format = graphite, into = other } },"
            + " other { routes = [ { to = [main] } ] } }";
    assertThatThrownBy(() -> Rig.table(conf))
        .hasMessageContaining("pipelines.main.accumulate: lead back to itself");
  }

  private static void assertProblem(String rule, String problem) {
    assertThatThrownBy(() -> rule(rule)).hasMessageContaining(problem);
  }

  private static AggregateConfig rule(String rule) {
    return Rig.table(
            """
            pipelines {
              main { aggregate = [ %s ], routes = [ { to = [one] } ] }
              main2 { routes = [ { to = [one] } ] }
            }
            clusters { one { policy = all, destinations = ["tcp://h:1"] } }
            """
                .formatted(rule))
        .pipelines()
        .get("main")
        .aggregates()
        .get(0);
  }
}
