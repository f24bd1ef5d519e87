package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.format.GraphiteFormat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Clusters that go by the keys that lines are aggregated to. */
class AggregatedByTest {
  private static final String RULES =
      """
      { input = "app.<app>.host*.<<rest>>", to = "app.<app>.all.<<rest>>" }
      { regex = "^app\\\\.(\\\\w+)\\\\.", not-substring = quiet, to = "total.$1" }
      { input = "tagged.<<key>>", to = "sum.<<key>>", tags = true }
      """;

  private static final String MEMBERS =
      """
      destinations = [ "tcp://10.0.0.1:1#a", "tcp://10.0.0.1:1#b", "tcp://10.0.0.2:1#a",
        "tcp://10.0.0.2:1#b", "tcp://10.0.0.3:1#a", "tcp://10.0.0.3:1#b" ]
      """;

  private static String conf(String keys) {
    return """
        pipelines {
          main { routes = [ { to = [ring] } ] }
          plain { routes = [ { to = [bare] } ] }
          aggregator { aggregate = [ %1$s ], routes = [ { to = [blackhole] } ] }
        }
        clusters {
          ring { policy = hash, %2$s, aggregated-by = aggregator, %3$s }
          bare { policy = hash, %2$s, %3$s }
        }
        """
        .formatted(RULES, keys, MEMBERS);
  }

  @Test
  void bringsAllPartsOfASumToOnePlace() {
    Rig rig = new Rig(conf("replicas = 1"));
    for (int i = 0; i < 50; i++) {
      rig.route("main", "app.quiet.host" + i + ".cpu 1 1");
    }

    assertThat(rig.all().values()).filteredOn(lines -> !lines.isEmpty()).hasSize(1);
  }

  /** As if a copy had been hashed by each key, and no destination had it twice. */
  @Property(tries = 200)
  void goesWhereTheNewKeysGo(
      @ForAll @IntRange(max = 30) int app,
      @ForAll @IntRange(max = 3) int kind,
      @ForAll @IntRange(min = 1, max = 3) int replicas) {
    Explainer explainer = new Explainer(Rig.table(conf("replicas = " + replicas)));
    String name = "x" + app;
    Set<String> expected = new LinkedHashSet<>();
    for (String key : newKeys(kind, name)) {
      expected.addAll(sent(explainer, "plain", key));
    }

    for (int again = 0; again < 2; again++) {
      assertThat(sent(explainer, "main", key(kind, name)))
          .containsExactlyElementsOf(new ArrayList<>(expected));
    }
  }

  private static String key(int kind, String name) {
    return switch (kind) {
      case 0 -> "app." + name + ".host7.cpu.user";
      case 1 -> "app." + name + ".web.cpu;dc=ams";
      case 2 -> "tagged.disk;host=" + name;
      default -> "other." + name;
    };
  }

  private static List<String> newKeys(int kind, String name) {
    return switch (kind) {
      case 0 -> List.of("app." + name + ".all.cpu.user", "total." + name);
      case 1 -> List.of("total." + name);
      case 2 -> List.of("sum.disk;host=" + name);
      default -> List.of("other." + name);
    };
  }

  private static List<String> sent(Explainer explainer, String pipeline, String key) {
    return explainer.explain(pipeline, new GraphiteFormat(), key + " 1 1").sent();
  }

  @Test
  void tellsByWhichKeysItWent() {
    Explainer explainer = new Explainer(Rig.table(conf("replicas = 1")));

    assertThat(explainer.explain("main", new GraphiteFormat(), "app.x.host1.cpu 1 1").steps())
        .contains("aggregated-by [ring] app.x.all.cpu, total.x");
    assertThat(explainer.explain("main", new GraphiteFormat(), "other.x 1 1").steps())
        .noneMatch(step -> step.startsWith("aggregated-by"));
  }

  @Test
  void deliversEveryLineOfABatch() {
    Rig rig = new Rig(conf("replicas = 1"));

    rig.route("main", "other.x 1 1", "app.quiet.host1.cpu 1 1", "other.x 2 1");

    assertThat(String.join("", rig.all().values()).lines())
        .containsExactlyInAnyOrder("other.x 1 1", "app.quiet.host1.cpu 1 1", "other.x 2 1");
  }

  /** What was remembered of the full ring is no answer of a smaller one. */
  @Test
  void followsARingWithoutTheMemberThatIsDown() {
    Rig rig = new Rig(conf("on-down = remove"));
    String line = "app.quiet.host1.cpu 1 1";
    rig.route("main", line);
    String home =
        rig.all().entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .findFirst()
            .orElseThrow()
            .getKey();
    rig.state(home).up(false);

    rig.route("main", line);
    rig.state(home).up(true);
    rig.route("main", line, line);

    assertThat(rig.at(home).lines()).hasSize(3);
    assertThat(String.join("", rig.all().values()).lines()).hasSize(4);
  }

  @Test
  void rulesOfAnotherPipelineMakeItAnotherCluster() {
    RoutingTable one = Rig.table(conf("replicas = 1"));
    RoutingTable other = Rig.table(conf("replicas = 1").replace("total.", "sums."));

    assertThat(other.clusters().get("ring")).isNotEqualTo(one.clusters().get("ring"));
    assertThat(other.clusters().get("bare")).isEqualTo(one.clusters().get("bare"));
  }

  @Test
  void tellsWhatIsWrong() {
    assertProblem(
        "policy = hash, aggregated-by = mian",
        "clusters.c.aggregated-by: \"mian\" is no pipeline; known: main, rules");
    assertProblem(
        "policy = hash, aggregated-by = main",
        "clusters.c.aggregated-by: the pipeline main has no aggregation rules to go by");
    assertProblem(
        "policy = all, aggregated-by = rules",
        "clusters.c.aggregated-by: is for policy = hash, where a ring chooses by key");
  }

  private static void assertProblem(String keys, String problem) {
    assertThatThrownBy(
            () ->
                Rig.table(
                    """
                    pipelines {
                      main { routes = [ { to = [c] } ] }
                      rules { aggregate = [ { regex = a, to = x } ], routes = [ { to = [c] } ] }
                    }
                    clusters { c { %s, destinations = ["tcp://h:1"] } }
                    """
                        .formatted(keys)))
        .hasMessageContaining(problem);
  }
}
