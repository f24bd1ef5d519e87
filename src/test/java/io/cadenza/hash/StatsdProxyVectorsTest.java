package io.cadenza.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The statsd proxy's ring against the library that it uses. */
class StatsdProxyVectorsTest {
  private static final RingSpec SPEC = RingSpec.of("statsd-proxy");

  @Test
  void placesKeysAsTheProxy() {
    List<String> wrong = new ArrayList<>();
    for (String[] row : Vectors.rows("statsd-proxy-rings.tsv")) {
      List<String> names = List.of(row[0].split(" "));
      BitSet down = new BitSet();
      if (!row[1].isEmpty()) {
        down.set(names.indexOf(row[1]));
      }
      HashRing ring = Rings.of(SPEC, nodes(row[0])).without(down);

      String owner = names.get(Vectors.first(ring, row[2]));

      if (!owner.equals(row[3])) {
        wrong.add(String.join(" | ", row) + " but " + owner);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void placesPointsAsTheProxy() {
    for (String[] row : Vectors.rows("statsd-proxy-points.tsv")) {
      List<String> names = List.of(row[0].split(" "));

      List<Point> points = Rings.of(SPEC, nodes(row[0])).points();

      assertThat(points).hasSize(Integer.parseInt(row[1]));
      String first =
          points.stream()
              .limit(row[2].split(" ").length)
              .map(point -> point.position() + "@" + names.get(point.node()))
              .collect(Collectors.joining(" "));
      assertThat(first).isEqualTo(row[2]);
    }
  }

  @Test
  void countsPointsAsTheProxyForAnyNumberOfNodes() {
    for (String[] row : Vectors.rows("statsd-proxy-sizes.tsv")) {
      int count = Integer.parseInt(row[0]);
      List<Node> nodes =
          IntStream.range(0, count).mapToObj(i -> Vectors.node("n" + i + ":8125", null)).toList();

      List<Point> points = Rings.of(SPEC, nodes).points();

      assertThat(points).as("%d nodes", count).hasSize(Integer.parseInt(row[1]));
    }
  }

  private static List<Node> nodes(String text) {
    return Arrays.stream(text.split(" ")).map(name -> Vectors.node(name, null)).toList();
  }
}
