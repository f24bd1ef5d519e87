package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterTest {
  @Test
  void failoverGoesToTheFirstThatIsUpAndComesBack() {
    Rig rig = rig("failover");

    rig.route("main", "a 1 1");
    rig.state("c/h:1").up(false);
    rig.route("main", "b 1 1");
    rig.state("c/h:2").up(false);
    rig.route("main", "c 1 1");
    rig.state("c/h:1").up(true);
    rig.route("main", "d 1 1");

    assertThat(rig.at("c/h:1")).isEqualTo("a 1 1\nd 1 1\n");
    assertThat(rig.at("c/h:2")).isEqualTo("b 1 1\n");
    assertThat(rig.at("c/h:3")).isEqualTo("c 1 1\n");
  }

  @Test
  void failoverGoesToTheFirstWhileNoneIsUp() {
    Rig rig = rig("failover");
    allDown(rig);

    rig.route("main", "a 1 1");

    assertThat(rig.at("c/h:1")).isEqualTo("a 1 1\n");
  }

  @Test
  void roundRobinPassesOverThoseThatAreDown() {
    Rig rig = rig("round-robin");
    rig.state("c/h:2").up(false);

    rig.route("main", "a 1 1", "b 1 1", "c 1 1", "d 1 1");

    assertThat(rig.at("c/h:1")).isEqualTo("a 1 1\nc 1 1\n");
    assertThat(rig.at("c/h:2")).isEmpty();
    assertThat(rig.at("c/h:3")).isEqualTo("b 1 1\nd 1 1\n");
  }

  @Test
  void roundRobinLosesNothingWhileNoneIsUp() {
    Rig rig = rig("round-robin");
    allDown(rig);

    rig.route("main", "a 1 1", "b 1 1", "c 1 1");

    assertThat(String.join("", rig.all().values()).lines())
        .containsExactlyInAnyOrder("a 1 1", "b 1 1", "c 1 1");
  }

  @Test
  void anyOfMovesOnlyTheKeysOfTheMemberThatIsDown() {
    String[] lines =
        IntStream.range(0, 200).mapToObj(i -> "key" + i + " 1 1").toArray(String[]::new);
    Rig whole = rig("any-of");
    whole.route("main", lines);
    Rig hurt = rig("any-of");
    hurt.state("c/h:2").up(false);

    hurt.route("main", lines);

    assertThat(hurt.at("c/h:2")).isEmpty();
    assertThat(hurt.at("c/h:1").lines()).containsAll(whole.at("c/h:1").lines().toList());
    assertThat(hurt.at("c/h:3").lines()).containsAll(whole.at("c/h:3").lines().toList());
    assertThat(hurt.at("c/h:1").lines().count() + hurt.at("c/h:3").lines().count()).isEqualTo(200);
    assertThat(hurt.at("c/h:1")).hasSizeGreaterThan(whole.at("c/h:1").length());
    assertThat(hurt.at("c/h:3")).hasSizeGreaterThan(whole.at("c/h:3").length());
  }

  @Test
  void anyOfChoosesByNameWithoutTags() {
    Rig rig = rig("any-of");

    rig.route("main", "disk.used 1 1", "disk.used;dc=a 1 1", "disk.used;dc=b 1 1");

    assertThat(rig.all().values()).filteredOn(text -> !text.isEmpty()).hasSize(1);
  }

  @Test
  void anyOfKeepsItsChoiceWhileNoneIsUp() {
    Rig whole = rig("any-of");
    whole.route("main", "a 1 1", "b 1 1", "c 1 1");
    Rig none = rig("any-of");
    allDown(none);

    none.route("main", "a 1 1", "b 1 1", "c 1 1");

    assertThat(none.all()).isEqualTo(whole.all());
  }

  @Test
  void hashKeepsSendingToADestinationThatIsDown() {
    Rig whole = rig("hash");
    whole.route("main", "a 1 1", "b 1 1", "c 1 1", "d 1 1");
    Rig none = rig("hash");
    allDown(none);

    none.route("main", "a 1 1", "b 1 1", "c 1 1", "d 1 1");

    assertThat(none.all()).isEqualTo(whole.all());
  }

  private static void allDown(Rig rig) {
    rig.all().keySet().forEach(name -> rig.state(name).up(false));
  }

  private static Rig rig(String policy) {
    return new Rig(
        """
        pipelines { main { routes = [ { to = [c] } ] } }
        clusters { c { policy = %s, destinations = ["tcp://h:1", "tcp://h:2", "tcp://h:3"] } }
        """
            .formatted(policy));
  }
}
