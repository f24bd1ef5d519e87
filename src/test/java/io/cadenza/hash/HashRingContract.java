package io.cadenza.hash;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every ring keeps, whatever it computes. */
abstract class HashRingContract {
  private static final int KEYS = 3_000;

  abstract RingSpec spec();

  /** Whether keys of nodes that stay may move when another goes. */
  boolean movesOthers() {
    return false;
  }

  /** The largest share of five nodes, as a multiple of the mean. */
  double most() {
    return 1.5;
  }

  private HashRing ring(int nodes, int replicas) {
    return Rings.of(spec().withReplicas(replicas), nodes(nodes));
  }

  private static List<Node> nodes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Vectors.node("10.0." + i + ".1:" + (2003 + i), "inst-" + i * 7919))
        .toList();
  }

  private static String key(int i) {
    return "servers.web" + i + ".cpu.user";
  }

  private static BitSet bits(int... nodes) {
    BitSet bits = new BitSet();
    Arrays.stream(nodes).forEach(bits::set);
    return bits;
  }

  @Test
  void beginsReplicasWithTheFirst() {
    HashRing ring = ring(5, 3);
    for (int i = 0; i < KEYS; i++) {
      assertThat(Vectors.replicas(ring, key(i)).get(0)).isEqualTo(Vectors.first(ring, key(i)));
    }
  }

  @Test
  void placesNeighbouringLinesAsOneByOne() {
    HashRing ring = ring(5, 1);
    int[] group = new int[HashRing.GROUP];
    for (int round = 0; round < 2; round++) { // the second finds what the first remembered
      for (int i = 0; i < KEYS; i += 50) {
        LineBatch batch = batch(i, 50);
        ring.firsts(batch, 0, 50, group);
        for (int line = 0; line < 50; line++) {
          assertThat(group[line]).isEqualTo(Vectors.first(ring.copy(), key(i + line)));
        }
      }
    }
  }

  private static LineBatch batch(int first, int count) {
    LineBatch.Builder batch = new LineBatch.Builder(KEY_AND_REST, 4096);
    for (int i = first; i < first + count; i++) {
      byte[] line = (key(i) + " 1 2").getBytes(StandardCharsets.UTF_8);
      assertThat(batch.add(line, 0, line.length)).isZero();
    }
    return batch.freeze();
  }

  /** A key, a blank, and whatever comes. */
  private static final LineFormat KEY_AND_REST =
      new LineFormat() {
        @Override
        public String name() {
          return "key";
        }

        @Override
        public long key(byte[] bytes, int start, int end) {
          return LineFormat.span(start, Bytes.indexOfBlank(bytes, start, end));
        }

        @Override
        public Invalid check(Validation level, byte[] bytes, int keyStart, int keyEnd, int end) {
          return null;
        }
      };

  @Test
  void choosesAsManyDistinctNodesAsConfigured() {
    HashRing ring = ring(7, 4);
    for (int i = 0; i < KEYS; i++) {
      assertThat(Vectors.replicas(ring, key(i))).hasSize(4).doesNotHaveDuplicates();
    }
    assertThat(ring.width()).isEqualTo(4);
  }

  @Test
  void keepsTheChoiceWhenMoreReplicasAreAskedFor() {
    HashRing two = ring(7, 2);
    HashRing five = ring(7, 5);
    for (int i = 0; i < KEYS; i++) {
      List<Integer> more = Vectors.replicas(five, key(i));
      assertThat(more.subList(0, 2)).isEqualTo(Vectors.replicas(two, key(i)));
    }
  }

  @Test
  void choosesEveryNodeWhenAskedForMoreThanThereAre() {
    assertThat(Vectors.replicas(ring(3, 10), "a.b.c")).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void fillsNoMoreThanThereIsRoomFor() {
    byte[] key = Vectors.bytes("a.b.c");
    int[] into = new int[2];

    int count = ring(5, 4).replicas(key, 0, key.length, into);

    assertThat(count).isEqualTo(2);
    assertThat(into).doesNotHaveDuplicates();
  }

  @Test
  void givesEverythingToASingleNode() {
    HashRing ring = ring(1, 2);
    assertThat(Vectors.first(ring, "a.b.c")).isZero();
    assertThat(Vectors.replicas(ring, "a.b.c")).containsExactly(0);
  }

  @Test
  void looksAtTheKeyOnly() {
    HashRing ring = ring(5, 2);
    for (int i = 0; i < KEYS; i++) {
      byte[] line = Vectors.bytes("put " + key(i) + " 42 1700000000");
      int first = ring.first(line, 4, 4 + key(i).length());
      assertThat(first).isEqualTo(Vectors.first(ring, key(i)));
    }
  }

  @Test
  void placesAnyBytes() {
    HashRing ring = ring(5, 2);
    Random random = new Random(1);
    int[] into = new int[2];
    for (int i = 0; i < KEYS; i++) {
      byte[] key = new byte[random.nextInt(i % 100 == 0 ? 3_000 : 80)];
      random.nextBytes(key);
      assertThat(ring.first(key, 0, key.length)).isBetween(0, 4);
      assertThat(ring.replicas(key, 0, key.length, into)).isEqualTo(2);
    }
  }

  @Test
  void answersTheSameAgain() {
    HashRing ring = ring(5, 1);
    int[] before = IntStream.range(0, KEYS).map(i -> Vectors.first(ring, key(i))).toArray();
    int[] after = IntStream.range(0, KEYS).map(i -> Vectors.first(ring, key(i))).toArray();
    assertThat(after).isEqualTo(before);
  }

  @Test
  void movesOnlyKeysOfTheNodesTakenOut() {
    HashRing full = ring(6, 3);
    HashRing rest = full.without(bits(1, 4));
    int moved = 0;
    for (int i = 0; i < KEYS; i++) {
      int before = Vectors.first(full, key(i));
      int after = Vectors.first(rest, key(i));
      assertThat(after).isNotIn(1, 4);
      moved += before != after && before != 1 && before != 4 ? 1 : 0;
    }
    assertThat(moved > 0).isEqualTo(movesOthers());
  }

  @Test
  void keepsReplicasInOrderWhenNodesAreTakenOut() {
    HashRing full = ring(6, 6);
    HashRing rest = full.without(bits(2));
    for (int i = 0; i < KEYS && !movesOthers(); i++) {
      List<Integer> expected = Vectors.replicas(full, key(i)).stream().filter(n -> n != 2).toList();
      assertThat(Vectors.replicas(rest, key(i))).isEqualTo(expected);
    }
    assertThat(rest.points()).noneMatch(point -> point.node() == 2);
  }

  @Test
  void addsUpNodesTakenOut() {
    HashRing once = ring(6, 2).without(bits(1, 4));
    HashRing twice = ring(6, 2).without(bits(1)).without(bits(4));
    assertThat(twice.points()).isEqualTo(once.points());
    assertThat(once.nodes()).hasSize(6);
  }

  @Test
  void rebuiltIsTheRingOfThoseThatAreLeft() {
    HashRing full = ring(6, 3);
    List<Node> left = IntStream.of(0, 2, 3, 5).mapToObj(full.nodes()::get).toList();
    HashRing expected = Rings.of(full.spec(), left);
    List<Integer> indices = List.of(0, 2, 3, 5);
    HashRing rebuilt = full.rebuiltWithout(bits(1, 4));
    for (HashRing ring : List.of(rebuilt, rebuilt.copy())) {
      for (int i = 0; i < KEYS; i++) {
        List<Integer> nodes =
            Vectors.replicas(expected, key(i)).stream().map(indices::get).toList();
        assertThat(Vectors.replicas(ring, key(i))).isEqualTo(nodes);
        assertThat(Vectors.first(ring, key(i))).isEqualTo(nodes.get(0));
      }
      assertThat(ring.points()).noneMatch(point -> point.node() == 1 || point.node() == 4);
      assertThat(ring.width()).isEqualTo(expected.width());
    }
  }

  @Test
  void rebuiltWithFewerThanReplicasHasThoseThatAreLeft() {
    HashRing rebuilt = ring(3, 3).rebuiltWithout(bits(0));
    for (int i = 0; i < 100; i++) {
      assertThat(Vectors.replicas(rebuilt, key(i))).containsExactlyInAnyOrder(1, 2);
    }
  }

  @Test
  void isEmptyWithoutNodes() {
    for (HashRing ring : List.of(ring(2, 2).without(bits(0, 1)), ring(0, 2))) {
      assertThat(Vectors.first(ring, "a.b.c")).isEqualTo(-1);
      assertThat(Vectors.replicas(ring, "a.b.c")).isEmpty();
      assertThat(ring.points()).isEmpty();
    }
  }

  @Test
  void agreesWithItsCopy() {
    HashRing ring = ring(5, 2).without(bits(3));
    HashRing copy = ring.copy();
    for (int i = 0; i < KEYS; i++) {
      assertThat(Vectors.replicas(copy, key(i))).isEqualTo(Vectors.replicas(ring, key(i)));
      assertThat(Vectors.first(copy, key(i))).isEqualTo(Vectors.first(ring, key(i)));
    }
  }

  @Test
  void spreadsKeysWithinItsBounds() {
    Balance balance = Balance.of(ring(5, 1), 20_000);
    assertThat(balance.max()).isLessThan(most());
    assertThat(balance.min()).isGreaterThan(2 - most());
  }

  @Test
  void allocatesNothingOnceWarm() {
    HashRing ring = ring(5, 2);
    byte[][] keys =
        IntStream.range(0, 1_000).mapToObj(i -> Vectors.bytes(key(i))).toArray(byte[][]::new);
    int[] into = new int[2];
    for (int i = 0; i < 20; i++) {
      lookUp(ring, keys, into);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

    for (int i = 0; i < 20; i++) {
      lookUp(ring, keys, into);
    }

    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(allocated).as("bytes for 40 000 lookups").isLessThan(40_000);
  }

  private static int lookUp(HashRing ring, byte[][] keys, int[] into) {
    int sum = 0;
    for (byte[] key : keys) {
      sum += ring.first(key, 0, key.length) + ring.replicas(key, 0, key.length, into);
    }
    return sum;
  }
}
