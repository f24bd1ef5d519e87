package io.cadenza.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** carbon-relay-ng's rings against its tables. */
class CarbonRelayNgVectorsTest {
  private static final List<Node> FOURTEEN =
      Stream.of(
              "34.114", "39.104", "40.161", "35.158", "37.70", "40.126", "33.78", "39.19", "42.66",
              "34.131", "38.55", "41.75", "32.8", "37.165")
          .map(end -> Vectors.named("10.20." + end, null))
          .toList();

  private static final List<Node> FIVE =
      List.of(
          Vectors.node("10.0.0.1:2003", null),
          Vectors.node("127.0.0.1:2003", "a"),
          Vectors.node("127.0.0.1:2004", "b"),
          Vectors.node("127.0.0.1:2005", "c"),
          Vectors.node("10.0.0.2:2003", null));

  @Test
  void hashesKeys() {
    Map<String, Long> positions =
        Map.of(
            "a.b.c.d", 54437L,
            "", 54301L,
            "collectd.bar.memory.free", 53115L,
            "servers.web1.cpu.user", 18003L,
            "carbon.agents.x.metricsReceived", 41339L,
            "foo;k=v", 24116L);

    positions.forEach(
        (key, position) ->
            assertThat(Vectors.position(HashKind.MD5_16, key)).as(key).isEqualTo(position));
  }

  /** The table has two points a node; they are the first two of the hundred. */
  @Test
  void placesTheFirstTwoPointsOfEachNode() {
    KeyHash hash = HashKind.MD5_16.plain();
    List<String> points = new ArrayList<>();
    for (int node = 0; node < FIVE.size(); node++) {
      for (int i = 0; i < 2; i++) {
        String label = Labels.point(RingKind.CRNG_V1, RingSpec.of("crng-v1"), FIVE.get(node), i);
        points.add("%05d %d".formatted(hash.position(label), node));
      }
    }

    assertThat(points.stream().sorted())
        .containsExactly(
            "06639 4", "07885 1", "10461 2", "24043 1", "24467 3", "35540 0", "46982 0", "52177 4",
            "53472 3", "54295 2");
  }

  @Test
  void keepsPointsThatMeetInVersion1() {
    HashRing ring = Rings.of(RingSpec.of("crng-v1"), FOURTEEN);

    assertThat(near59417(ring)).containsExactly("59417 10.20.34.131", "59417 10.20.40.126");
    assertThat(distinctPositions(ring)).isEqualTo(1386);
  }

  @Test
  void movesPointsThatMeetOthersInVersion2() {
    HashRing ring = Rings.of(RingSpec.of("crng-v2"), FOURTEEN);

    assertThat(near59417(ring)).containsExactly("59417 10.20.40.126", "59418 10.20.34.131");
    assertThat(distinctPositions(ring)).isEqualTo(1398);
  }

  @Test
  void movesAllPointsThatMeetInCarbon() {
    HashRing ring = Rings.of(RingSpec.of("carbon_ch"), FOURTEEN);

    assertThat(near59417(ring)).containsExactly("59417 10.20.40.126", "59418 10.20.34.131");
    assertThat(distinctPositions(ring)).isEqualTo(1400);
  }

  @Test
  void placesKeysInAllThreeAlike() {
    Map<String, String> owners =
        Map.of(
            "a.b.c.d", "10.20.42.66",
            "collectd.bar.memory.free", "10.20.41.75",
            "servers.web1.cpu.user", "10.20.40.126",
            "carbon.agents.x.metricsReceived", "10.20.39.104",
            "foo;k=v", "10.20.40.161");
    for (String hash : List.of("crng-v1", "crng-v2", "carbon_ch")) {
      HashRing ring = Rings.of(RingSpec.of(hash), FOURTEEN);

      Map<String, String> found =
          owners.keySet().stream()
              .collect(
                  Collectors.toMap(
                      key -> key, key -> FOURTEEN.get(Vectors.first(ring, key)).host()));

      assertThat(found).as(hash).isEqualTo(owners);
    }
  }

  @Test
  void cutsIpv6AddressesAtTheFirstColon() {
    List<Node> bracketed = List.of(Vectors.node("[::1]:2003", null));
    List<Node> plain = List.of(new Node("::1", 2003, null, null, "tcp://[::1]:2003"));
    List<Node> cut = List.of(Vectors.labelled("tcp://x:1", "('[', None)"));
    RingSpec spec = RingSpec.of("crng-v1");

    assertThat(Rings.of(spec, bracketed).points()).isEqualTo(Rings.of(spec, cut).points());
    assertThat(Rings.of(spec, plain).points()).isEqualTo(Rings.of(spec, cut).points());
  }

  private static List<String> near59417(HashRing ring) {
    return ring.points().stream()
        .filter(point -> point.position() == 59417 || point.position() == 59418)
        .map(point -> point.position() + " " + ring.nodes().get(point.node()).host())
        .toList();
  }

  private static long distinctPositions(HashRing ring) {
    return ring.points().stream().map(Point::position).distinct().count();
  }
}
