package io.cadenza.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Rings of nodes that nobody would think of, and keys of any bytes. */
class HashRingPropertiesTest {

  @Property(tries = 400)
  void choosesDistinctNodesThatAreUp(
      @ForAll("specs") RingSpec spec,
      @ForAll("nodes") List<Node> nodes,
      @ForAll byte[] key,
      @ForAll @IntRange(max = 255) int downMask) {
    BitSet down = BitSet.valueOf(new long[] {downMask});
    HashRing ring = Rings.of(spec, nodes).without(down);
    int[] into = new int[spec.replicas()];

    int count = ring.replicas(key, 0, key.length, into);

    int[] chosen = Arrays.copyOf(into, count);
    assertThat(count).isEqualTo(ring.width()).isLessThanOrEqualTo(spec.replicas());
    assertThat(chosen).doesNotHaveDuplicates();
    assertThat(Arrays.stream(chosen).boxed()).allMatch(i -> i < nodes.size() && !down.get(i));
    int first = ring.first(key, 0, key.length);
    assertThat(first).isEqualTo(count == 0 ? -1 : chosen[0]);
    assertThat(count == 0).isEqualTo(IntStream.range(0, nodes.size()).allMatch(down::get));
  }

  @Property(tries = 200)
  void sortsItsPoints(@ForAll("specs") RingSpec spec, @ForAll("nodes") List<Node> nodes) {
    List<Point> points = Rings.of(spec, nodes).points();

    assertThat(points).extracting(Point::position).isSorted();
  }

  @Property(tries = 200)
  void rememberedPositionsAreTheComputedOnes(@ForAll List<byte[]> keys) {
    KeyHash cached = HashKind.MD5_16.forKeys(1024);
    KeyHash plain = HashKind.MD5_16.plain();
    for (int round = 0; round < 2; round++) {
      for (byte[] key : keys) {
        assertThat(cached.position(key, 0, key.length))
            .isEqualTo(plain.position(key, 0, key.length));
      }
    }
  }

  @Provide
  Arbitrary<RingSpec> specs() {
    return Combinators.combine(
            Arbitraries.of(Rings.NAMES),
            Arbitraries.integers().between(1, 9),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(Rings.ALGOS),
            Arbitraries.of(Rings.ELTERS),
            Arbitraries.integers().between(-1, 50))
        .as(RingSpec::new);
  }

  @Provide
  Arbitrary<List<Node>> nodes() {
    Arbitrary<Node> node =
        Combinators.combine(
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.integers().between(1, 65535),
                Arbitraries.of("a", "b", "1", "10", "9", "-3", "it's", "").injectNull(0.3),
                Arbitraries.of("x", "7", "y").injectNull(0.8))
            .as(
                (host, port, instance, key) ->
                    new Node(host, port, instance, key, "tcp://" + host));
    return node.list().ofMaxSize(8);
  }
}
