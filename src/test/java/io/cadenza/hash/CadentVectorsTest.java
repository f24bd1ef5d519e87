package io.cadenza.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cadent's rings against the tables worked out from its description. */
class CadentVectorsTest {
  private static final List<Node> ABC =
      Stream.of("8126", "8136", "8146")
          .map(port -> Vectors.node("192.168.59.103:" + port, null))
          .toList();

  private static final List<Node> SEVEN_LETTERS =
      Stream.of("abcdefg", "hijklmn", "opqrstu")
          .map(name -> Vectors.labelled("tcp://" + name, name))
          .toList();

  @Test
  void hashesKeys() {
    for (String[] row : Vectors.rows("cadent-hashes.tsv")) {
      HashKind kind = CadentNames.ALGOS.get(row[1].equals("md5") ? "graphite" : row[1]);

      long position = Vectors.position(kind, row[0]);

      assertThat(position).as("%s %s", row[1], row[0]).isEqualTo(Long.parseLong(row[2]));
    }
  }

  @Test
  void placesKeys() {
    for (String[] row : Vectors.rows("cadent-rings.tsv")) {
      HashRing ring = ring(row[0], row[1], Integer.parseInt(row[2]), 3, ABC);
      List<Integer> expected = Arrays.stream(row[4].split(",")).map(Integer::valueOf).toList();

      assertThat(Vectors.replicas(ring, row[3])).as("%s", (Object) row).isEqualTo(expected);
      assertThat(Vectors.first(ring, row[3])).isEqualTo(expected.get(0));
    }
  }

  @Test
  void placesAllPointsOfSmallRings() {
    assertThat(points(ring("mmh3", "simple", 4, 1, ABC)))
        .isEqualTo(
            "419434128 B, 437305841 A, 656697647 B, 684285201 B, 894081116 C, 1309222799 A,"
                + " 1713868951 C, 2137219717 A, 2376202327 B, 2432912972 A, 2859820128 C,"
                + " 3605690990 C");
    assertThat(points(ring("crc32", "graphite", 4, 1, ABC)))
        .isEqualTo(
            "383699273 A, 867538581 C, 929824662 B, 1080872704 B, 1152558595 C, 1641675231 A,"
                + " 2413271283 A, 2864498479 C, 2925702700 B, 3647315642 B, 3720083385 C,"
                + " 4174424165 A");
  }

  @Test
  void givesAPointThatMeetsAnotherToTheNodeAddedLater() {
    String md5 = points(ring("md5", "graphite", 100, 1, ABC));
    String sha1 = points(ring("sha1", "graphite", 100, 1, ABC));

    assertThat(md5.split(", ")).hasSize(299).contains("37824 B").endsWith("65432 B");
    assertThat(md5).startsWith("162 C, 394 A, 440 B, ");
    assertThat(sha1.split(", ")).hasSize(299).contains("64760 C").endsWith("65493 B");
    assertThat(sha1).startsWith("167 B, 230 C, 243 A, ");
  }

  @Test
  void placesTheEndsOfLargeRings() {
    assertThat(points(ring("fnv", "graphite", 40, 1, ABC)))
        .startsWith("408316528 A, 408316529 A, 408316536 A, ")
        .endsWith(", 2795203341 B");
    assertThat(points(ring("fnva", "simple", 40, 1, ABC)))
        .startsWith("18592024 B, 32165779 B, 46936204 C, ")
        .endsWith(", 4293430742 A");
    assertThat(points(ring("nodejs-hashring", "statsd", 40, 1, ABC)))
        .startsWith("3352715 C, 23291894 B, 107768303 A, ")
        .endsWith(", 4289066880 C");
  }

  /** A key on a point belongs to the next one: here Cadent's carbon mode is not carbon. */
  @Test
  void takesThePointAfterTheKey() {
    Map<String, Integer> owners = new HashMap<>();
    owners.put("servers.web254.cpu.user", 1);
    owners.put("servers.web387.cpu.user", 2);
    owners.put("servers.web1012.cpu.user", 1);
    owners.put("servers.web1369.cpu.user", 0);
    owners.put("servers.web1833.cpu.user", 0);
    owners.put("servers.web2309.cpu.user", 0);
    owners.put("servers.web2746.cpu.user", 1);
    owners.put("servers.web3249.cpu.user", 1);
    List<Node> nodes =
        List.of(
            Vectors.labelled("tcp://192.168.10.200:1", "('192.168.10.200', 'a')"),
            Vectors.labelled("tcp://192.168.10.201:1", "('192.168.10.201', 'b')"),
            Vectors.labelled("tcp://192.168.10.202:1", "('192.168.10.202', 'c')"));
    HashRing ring = ring("md5", "graphite", 100, 1, nodes);

    owners.forEach((key, owner) -> assertThat(Vectors.first(ring, key)).as(key).isEqualTo(owner));
    assertThat(Vectors.position(HashKind.MD5_16, "servers.web254.cpu.user")).isEqualTo(55703);
  }

  @Test
  void agreesWithTheUnitTestsOfItsModel() {
    HashRing ring = ring("crc32", "simple", 20, 3, SEVEN_LETTERS);
    BitSet second = new BitSet();
    second.set(1);

    assertThat(Vectors.first(ring, "ggg")).isEqualTo(0);
    assertThat(Vectors.first(ring, "hhh")).isEqualTo(2);
    assertThat(Vectors.first(ring, "iiiii")).isEqualTo(1);
    assertThat(Vectors.first(ring.without(second), "iiiii")).isEqualTo(2);
    assertThat(Vectors.replicas(ring, "99999999").subList(0, 2)).containsExactly(0, 1);
    assertThat(Vectors.replicas(ring, "9999999")).containsExactly(2, 0, 1);
  }

  @Test
  void placesKeysAsTheStatsdProxyWithItsRecipe() {
    HashRing cadent = ring("nodejs-hashring", "statsd", 40, 2, ABC);
    HashRing proxy = Rings.of(RingSpec.of("statsd-proxy").withReplicas(2), ABC);

    for (int i = 0; i < 10_000; i++) {
      String key = "key." + i;
      assertThat(Vectors.replicas(cadent, key)).isEqualTo(Vectors.replicas(proxy, key));
    }
  }

  @Test
  void cleansTheSchemeButNotInTheSimpleLayout() {
    assertThat(CadentNames.Elter.GRAPHITE.label("tcp://h:1", 7)).isEqualTo("h:1:7");
    assertThat(CadentNames.Elter.STATSD.label("udp://h:1", 7)).isEqualTo("h:1-7");
    assertThat(CadentNames.Elter.STATSD.label("http://h/x", 7)).isEqualTo("h/x-7");
    assertThat(CadentNames.Elter.STATSD.label("unix:///x", 7)).isEqualTo("unix:///x-7");
    assertThat(CadentNames.Elter.SIMPLE.label("tcp://h:1", 7)).isEqualTo("7tcp://h:1");
  }

  private static HashRing ring(
      String algo, String elter, int vnodes, int replicas, List<Node> nodes) {
    return Rings.of(new RingSpec("cadent", replicas, true, false, algo, elter, vnodes), nodes);
  }

  private static String points(HashRing ring) {
    return ring.points().stream()
        .map(point -> point.position() + " " + "ABC".charAt(point.node()))
        .collect(Collectors.joining(", "));
  }
}
