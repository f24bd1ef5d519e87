package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RoutingTableTest {
  private static final String ONE =
      "clusters { one { policy = all, destinations = [\"tcp://h:1\"] } }\n";

  @Test
  void refusesAPipelineThatLeadsToItself() {
    assertProblems(
        "pipelines { main { routes = [ { to = [main] } ] } }",
        "pipelines.main.routes: lead back to itself: main -> main (test:2)");
  }

  @Test
  void refusesPipelinesThatLeadToEachOther() {
    assertProblems(
        """
        pipelines {
          a { routes = [ { to = [one, b] } ] }
          b { routes = [ { to = [c] } ] }
          c { routes = [ { to = [a] } ] }
          d { routes = [ { to = [a] } ] }
        }
        """,
        "pipelines.a.routes: lead back to itself: a -> b -> c -> a (test:3)",
        "pipelines.b.routes: lead back to itself: b -> c -> a -> b (test:4)",
        "pipelines.c.routes: lead back to itself: c -> a -> b -> c (test:5)");
  }

  @Test
  void takesPipelinesThatMeetAgain() {
    assertThatCode(
            () ->
                Rig.table(
                    ONE
                        + """
                        pipelines {
                          a { routes = [ { to = [b, c] } ] }
                          b { routes = [ { to = [d] } ] }
                          c { routes = [ { to = [d] } ] }
                          d { routes = [ { to = [one] } ] }
                        }
                        """))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesATargetThatIsNotThere() {
    assertProblems(
        "pipelines { main { routes = [ { to = [one, two] } ] } }",
        "pipelines.main.routes[0].to[1]: \"two\" is no cluster, pipeline or store;"
            + " known: blackhole, main, one (test:2)");
  }

  @Test
  void refusesANameWithTwoMeanings() {
    assertProblems(
        "pipelines { one { routes = [ { to = [blackhole] } ] } }",
        "clusters.one: the name one has another meaning already; choose another (test:1)");
  }

  @Test
  void refusesTwoRoutesOfOneName() {
    assertProblems(
        "pipelines { main { routes = [ { name = x, to = [one] }, { name = x, to = [one] } ] } }",
        "pipelines.main.routes[1]: another route is named x (test:2)");
  }

  @Test
  void refusesABlockThatWouldMatchEverything() {
    assertProblems(
        "pipelines { main { block = [ {} ], routes = [ { to = [one] } ] } }",
        "pipelines.main.block[0]: has no condition and would match every key; give one (test:2)");
  }

  @Test
  void refusesMoreReplicasThanDestinations() {
    assertProblems(
        "clusters.ring { policy = hash, replicas = 3, destinations = [\"tcp://h:1\", \"tcp://h:2\"] }",
        "clusters.ring.replicas: is more than there are destinations: at most 2 (test:2)");
  }

  @Test
  void refusesTheSameDestinationTwiceInACluster() {
    assertProblems(
        "clusters.two { policy = all, destinations = [\"tcp://h:1\", \"tcp://h:1\"] }",
        "clusters.two.destinations[1].url: is there twice; give one of the two an instance of its own"
            + " (test:2)");
  }

  private static void assertProblems(String conf, String... messages) {
    assertThatThrownBy(() -> Rig.table(ONE + conf)).hasMessage(String.join("\n", messages));
  }
}
