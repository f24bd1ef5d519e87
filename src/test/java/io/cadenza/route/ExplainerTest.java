package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.format.GraphiteFormat;
import org.junit.jupiter.api.Test;

/** What the {@code route} command says of aggregation rules. */
class ExplainerTest {
  private static Explainer.Explanation explain(String rule, String key) {
    String conf =
        "pipelines { main { aggregate = [ { %s } ], routes = [ { to = [blackhole] } ] } }";
    Explainer explainer = new Explainer(Rig.table(conf.formatted(rule)));
    return explainer.explain("main", new GraphiteFormat(), key + " 1 1");
  }

  @Test
  void aFunctionInTheNewKeyIsWrittenAsInTheConfiguration() {
    assertThat(explain("input = \"a.<<x>>\", to = \"b.${function}.<x>\"", "a.c").steps().get(0))
        .endsWith(" gives b.${function}.c");
  }

  @Test
  void aLineThatGoesNoFurtherIsToldSo() {
    String rule = "regex = \"^a$\", to = b";

    assertThat(explain(rule + ", drop-raw = true", "a").steps())
        .hasSize(2)
        .last()
        .isEqualTo("drop-raw [main] the line itself goes no further");
    assertThat(explain(rule, "a").steps()).noneMatch(step -> step.startsWith("drop-raw"));
  }

  @Test
  void aKeyThatWouldBeEmptyIsToldToBeRefused() {
    assertThat(explain("regex = \"^a(.*)\", to = \"$1\"", "a").steps().get(0))
        .endsWith(" gives no key: it is refused");
  }
}
