package io.cadenza.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** carbon's rings against what carbon itself answered. */
class CarbonVectorsTest {

  @Test
  void hashesKeysAsCarbon() {
    for (String[] row : Vectors.rows("carbon-ring-positions.tsv")) {
      HashKind kind = RingKind.named(row[0]).hash(RingSpec.of(row[0]));

      long position = Vectors.position(kind, row[1]);

      assertThat(position).as("%s %s", row[0], row[1]).isEqualTo(Long.parseLong(row[2]));
    }
  }

  @Test
  void placesKeysAsCarbon() {
    List<String> wrong = new ArrayList<>();
    for (String[] row : Vectors.rows("carbon-rings.tsv")) {
      List<Node> nodes = Arrays.stream(row[4].split(",")).map(CarbonVectorsTest::node).toList();
      boolean fast = row[0].equals("fast-hashing");
      boolean diverse = row[3].equals("True");
      RingSpec spec = new RingSpec(row[1], Integer.parseInt(row[2]), diverse, fast, null, null, 4);
      List<Node> expected = Arrays.stream(row[6].split(",")).map(CarbonVectorsTest::node).toList();

      List<Node> chosen =
          Vectors.replicas(Rings.of(spec, nodes), row[5]).stream().map(nodes::get).toList();

      if (!chosen.equals(expected)) {
        wrong.add(String.join(" ", row) + " but " + chosen);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Odd host names, murmur hashes and many nodes: answers of carbon's algorithm run in Python. */
  @Test
  void placesKeysAsPythonDoes() {
    List<String> wrong = new ArrayList<>();
    for (String[] row : Vectors.rows("carbon-python-rings.tsv")) {
      RingSpec spec =
          new RingSpec(
              row[0],
              Integer.parseInt(row[1]),
              row[2].equals("True"),
              row[3].equals("True"),
              null,
              null,
              4);
      List<Node> nodes = Arrays.stream(row[4].split(" ")).map(CarbonVectorsTest::unhex).toList();

      List<Integer> chosen = Vectors.replicas(Rings.of(spec, nodes), row[5]);

      if (!chosen.equals(Arrays.stream(row[6].split(",")).map(Integer::valueOf).toList())) {
        wrong.add(String.join(" ", row) + " but " + chosen);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Keys that lie exactly on a point, where Cadent's carbon mode goes wrong. */
  @Test
  void takesThePointOnTheKey() {
    Map<String, String> owners =
        Map.of(
            "servers.web254.cpu.user", "a",
            "servers.web387.cpu.user", "a",
            "servers.web1012.cpu.user", "c",
            "servers.web1369.cpu.user", "b",
            "servers.web1833.cpu.user", "b",
            "servers.web2309.cpu.user", "b",
            "servers.web2746.cpu.user", "c",
            "servers.web3249.cpu.user", "c");
    List<Node> nodes =
        List.of(
            Vectors.named("192.168.10.200", "a"),
            Vectors.named("192.168.10.201", "b"),
            Vectors.named("192.168.10.202", "c"));
    HashRing ring = Rings.of(RingSpec.of("carbon_ch"), nodes);

    owners.forEach(
        (key, owner) ->
            assertThat(nodes.get(Vectors.first(ring, key)).instance()).as(key).isEqualTo(owner));
  }

  @Test
  void movesCollidingPointsPast65535() {
    // The same text 700 times: most points must move, and some leave the 16 bits.
    List<Node> nodes = Collections.nCopies(700, Vectors.named("h", null));

    HashRing ring = Rings.of(RingSpec.of("carbon_ch"), nodes);

    assertThat(ring.points()).hasSize(70_000);
    assertThat(ring.points().stream().map(Point::position).distinct()).hasSize(70_000);
    assertThat(ring.points().get(69_999).position()).isGreaterThan(65_535);
    assertThat(Vectors.first(ring, "any.key")).isBetween(0, 699);
  }

  @Test
  void hashesAGivenLabelInsteadOfTheTuple() {
    HashRing own =
        Rings.of(
            RingSpec.of("carbon_ch"),
            List.of(Vectors.named("10.0.0.1", "a"), Vectors.named("10.0.0.2", null)));
    HashRing given =
        Rings.of(
            RingSpec.of("carbon_ch"),
            List.of(
                Vectors.labelled("tcp://x:1", "('10.0.0.1', 'a')"),
                Vectors.labelled("tcp://y:1", "('10.0.0.2', None)")));

    assertThat(given.points()).isEqualTo(own.points());
  }

  private static Node node(String text) {
    String[] parts = text.substring(Math.max(0, text.indexOf(']'))).split(":");
    String host = text.startsWith("[") ? text.substring(0, text.indexOf(']') + 1) : parts[0];
    String instance = parts.length > 2 ? parts[2] : null;
    return Vectors.node(host + ":" + parts[1], instance);
  }

  private static Node unhex(String text) {
    String[] parts = text.split("/", -1);
    return Vectors.named(decode(parts[0]), parts[1].equals("-") ? null : decode(parts[1]));
  }

  private static String decode(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }
}
