package io.cadenza.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RingsTest {
  private static final List<Node> TWO_ALIKE =
      List.of(Vectors.node("cache1:2004", "a"), Vectors.node("cache2:2004", "a"));

  private static final List<Node> THREE_ON_TWO_HOSTS =
      List.of(
          Vectors.node("h1:2004", "a"), Vectors.node("h1:2104", "b"), Vectors.node("h2:2004", "c"));

  @Test
  void namesWhatIsUnknown() {
    RingSpec spec = new RingSpec("cadent", 0, true, false, "sha3", "zigzag", 4);

    List<String> problems = Rings.problems(spec, TWO_ALIKE);

    assertThat(problems)
        .satisfiesExactly(
            algo -> assertThat(algo).startsWith("algo \"sha3\" is none of mmh3, "),
            elter -> assertThat(elter).startsWith("elter \"zigzag\" is none of simple, "),
            replicas -> assertThat(replicas).contains("replicas is 0"));
    assertThatThrownBy(() -> Rings.of(RingSpec.of("carbon"), TWO_ALIKE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hash \"carbon\" is none of carbon_ch, fnv1a_ch, ");
  }

  @Test
  void tellsHowUnevenCoincidingInstancesAre() {
    List<String> warnings = Rings.warnings(RingSpec.of("fnv1a_ch"), TWO_ALIKE);

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith(
            "tcp://cache1:2004#a, tcp://cache2:2004#a are all hashed as a: fnv1a_ch spreads")
        .containsPattern("tcp://cache1:2004#a gets 99\\.\\d %, tcp://cache2:2004#a 0\\.\\d %");
  }

  @Test
  void tellsOfDestinationsThatCarbonRefuses() {
    List<Node> nodes = List.of(Vectors.node("h:2004", null), Vectors.node("h:2104", null));

    List<String> warnings = Rings.warnings(RingSpec.of("carbon_ch"), nodes);

    assertThat(warnings)
        .anySatisfy(
            warning ->
                assertThat(warning).startsWith("tcp://h:2104 repeats the host and instance"));
  }

  @Test
  void tellsOfReplicasThatNoKeyCanGet() {
    List<String> diverse =
        Rings.warnings(RingSpec.of("carbon_ch").withReplicas(3), THREE_ON_TWO_HOSTS);
    List<String> plain = Rings.warnings(RingSpec.of("crng-v2").withReplicas(4), THREE_ON_TWO_HOSTS);

    assertThat(diverse)
        .containsExactly(
            "replicas is 3, but there are only 2 destinations on different hosts (diverse-replicas)");
    assertThat(plain)
        .containsExactly(
            "replicas is 4, but there are only 3 destinations with points of their own");
  }

  @Test
  void tellsOfFewPointsThatSpreadBadly() {
    RingSpec spec = new RingSpec("cadent", 1, true, false, "fnv", "graphite", 40);

    List<String> warnings = Rings.warnings(spec, THREE_ON_TWO_HOSTS);

    assertThat(warnings).singleElement().asString().startsWith("cadent spreads keys unevenly: ");
  }

  @Test
  void saysNothingOfAGoodRing() {
    for (String name : Rings.NAMES) {
      RingSpec spec = new RingSpec(name, 2, true, false, "md5", "graphite", 100);

      assertThat(Rings.warnings(spec, THREE_ON_TWO_HOSTS)).as(name).isEmpty();
    }
  }

  @Test
  void tellsThatFastIsNotForAll() {
    RingSpec spec = new RingSpec("crng-v1", 1, true, true, null, null, 4);

    assertThat(Rings.warnings(spec, THREE_ON_TWO_HOSTS))
        .containsExactly("fast is of carbon_ch, fnv1a_ch and mmh3_ch; crng-v1 ignores it");
  }

  @Test
  void showsWhatIsHashedForANode() {
    Node node = Vectors.node("[::1]:2003", "a");

    assertThat(Rings.NAMES)
        .extracting(name -> Rings.label(RingSpec.of(name), node))
        .containsExactly(
            "('::1', 'a')",
            "a",
            "('::1', 'a')",
            "('::1', 'a')",
            "a",
            "a",
            "('[', 'a')",
            "('[', 'a')",
            "::1:2003",
            "tcp://[::1]:2003");
  }

  @Test
  void sumsSharesToTheNumberOfNodes() {
    HashRing ring = Rings.of(RingSpec.of("jump_fnv1a_ch"), THREE_ON_TWO_HOSTS);

    Balance balance = Balance.of(ring);

    assertThat(balance.shares().stream().mapToDouble(Double::doubleValue).sum())
        .isBetween(2.999, 3.001);
    assertThat(balance.min()).isGreaterThan(0.97);
    assertThat(balance.percent(0) + balance.percent(1) + balance.percent(2)).isBetween(99.9, 100.1);
  }
}
