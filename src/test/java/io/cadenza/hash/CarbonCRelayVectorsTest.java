package io.cadenza.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** carbon-c-relay's rings against what it printed itself. */
class CarbonCRelayVectorsTest {
  private static final Map<String, String> NAMES =
      Map.of(
          "carbon_ch", "c-relay-carbon_ch",
          "fnv1a_ch", "c-relay-fnv1a_ch",
          "jump_fnv1a_ch", "jump_fnv1a_ch");

  @Test
  void placesKeysAsCarbonCRelay() {
    List<String> wrong = new ArrayList<>();
    for (String[] row : Vectors.rows("carbon-c-relay-rings.tsv")) {
      String[] config = row[0].split(" ");
      int replicas = Integer.parseInt(row[0].replaceAll(".*repl=(\\d+).*", "$1"));
      RingSpec spec = RingSpec.of(NAMES.get(config[0])).withReplicas(replicas);
      List<Node> nodes = nodes(row[1]);

      List<String> chosen =
          Vectors.replicas(Rings.of(spec, nodes), row[2]).stream()
              .map(i -> nodes.get(i).host() + ":" + nodes.get(i).port())
              .toList();

      if (!chosen.equals(List.of(row[3].split(" ")))) {
        wrong.add(String.join(" | ", row) + " but " + chosen);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void leavesTagsOutOfTheHash() {
    for (String hash : NAMES.values()) {
      HashRing ring = Rings.of(RingSpec.of(hash), nodes("10.0.0.1 10.0.0.2 10.0.0.3"));
      for (int i = 0; i < 200; i++) {
        String key = "disk.used." + i;

        int owner = Vectors.first(ring, key + ";dc=" + i + ";rack=a");

        assertThat(owner).as("%s %s", hash, key).isEqualTo(Vectors.first(ring, key));
      }
    }
  }

  @Test
  void widensBytesAsSignedOnes() {
    byte[] key = "é".getBytes(StandardCharsets.UTF_8);
    int hash = 0x811c9dc5;
    for (byte b : key) {
      hash = (hash ^ b) * 0x01000193;
    }

    long position = HashKind.FNV1A_16_SIGNED.plain().position(key, 0, key.length);

    assertThat(position).isEqualTo((hash >>> 16) ^ (hash & 0xffff));
    assertThat(position).isNotEqualTo(Vectors.position(HashKind.FNV1A_16, "é"));
  }

  /** carbon-c-relay 3.9 never comes back from this. */
  @Test
  void answersFewerReplicasWhereInstancesCoincide() {
    HashRing ring =
        Rings.of(
            RingSpec.of("c-relay-fnv1a_ch").withReplicas(3),
            nodes("10.0.0.1=a 10.0.0.2=a 10.0.0.3=b"));

    List<Integer> chosen = Vectors.replicas(ring, "any.key");

    assertThat(chosen).containsExactlyInAnyOrder(0, 2);
    assertThat(ring.width()).isEqualTo(2);
  }

  private static List<Node> nodes(String text) {
    return Arrays.stream(text.split(" "))
        .map(server -> server.split("="))
        .map(parts -> Vectors.node(parts[0], parts.length > 1 ? parts[1] : null))
        .toList();
  }
}
