package io.cadenza.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FateCacheTest {
  @Test
  void knowsWhatItWasToldAndNothingElse() {
    FateCache cache = new FateCache(1 << 16);
    byte[] line = "xa.b.c 1 2".getBytes(StandardCharsets.UTF_8);
    cache.put(line, 1, 6, Integer.MAX_VALUE);
    cache.put(line, 1, 4, 0);

    assertThat(cache.find(line, 1, 6)).isEqualTo(Integer.MAX_VALUE);
    assertThat(cache.find(line, 1, 4)).isZero();
    assertThat(cache.find(line, 0, 6)).isEqualTo(FateCache.MISSING);
    assertThat(cache.find(line, 1, 1)).isEqualTo(FateCache.MISSING);
  }

  /** Some of so many have the same mark in the same place of the index. */
  @Test
  void neverTakesOneKeyForAnotherAndForgetsNoneWhileThereIsRoom() {
    FateCache cache = new FateCache(32 << 20);
    for (int i = 0; i < 300_000; i++) {
      byte[] key = key(i);
      assertThat(find(cache, key)).isEqualTo(FateCache.MISSING);
      cache.put(key, 0, key.length, i);
    }

    long kept = IntStream.range(0, 300_000).filter(i -> find(cache, key(i)) == i).count();

    assertThat(kept).isGreaterThan(299_000);
  }

  /** A hot path that has to decide anew for some keys each time spends its time on those. */
  @Test
  void findsAPlaceForAllKeysThatFit() {
    FateCache cache = new FateCache(32 << 20);
    int missing = 0;
    for (int round = 0; round < 3; round++) {
      missing = 0;
      for (int i = 0; i < 100_000; i++) {
        byte[] key = key(i);
        if (find(cache, key) == FateCache.MISSING) {
          missing++;
          cache.put(key, 0, key.length, i);
        }
      }
    }

    assertThat(missing).isLessThan(200);
  }

  @Test
  void findsTheKeysOfNeighbouringLinesAtOnce() {
    FateCache cache = new FateCache(1 << 20);
    LineBatch.Builder builder = new LineBatch.Builder(new GraphiteFormat(), 1 << 16);
    for (int i = 0; i < 2 * FateCache.GROUP; i++) {
      byte[] line = ("key" + i / 2 + " 1 2").getBytes(StandardCharsets.UTF_8);
      builder.add(line, 0, line.length);
      if (i % 4 == 0) {
        cache.put(line, 0, line.length - 4, i / 2);
      }
    }
    LineBatch batch = builder.freeze();
    int[] found = new int[FateCache.GROUP];

    cache.find(batch, 2, FateCache.GROUP, found);

    for (int i = 0; i < FateCache.GROUP; i++) {
      int key = (i + 2) / 2;
      assertThat(found[i]).isEqualTo(key % 2 == 0 ? key : FateCache.MISSING);
    }
  }

  @Test
  void forgetsAll() {
    FateCache cache = new FateCache(1 << 20);
    for (int i = 0; i < 10_000; i++) {
      byte[] key = key(i);
      cache.put(key, 0, key.length, i);
    }
    assertThat(cache.bytes()).isGreaterThan(1 << 16);

    cache.clear();

    assertThat(cache.bytes()).isZero();
    assertThat(IntStream.range(0, 10_000).map(i -> find(cache, key(i))))
        .allMatch(fate -> fate == FateCache.MISSING);
  }

  @Test
  void holdsNoMoreThanItMayAndThatIsTheLatest() {
    FateCache cache = new FateCache(200_000);
    for (int i = 0; i < 20_000; i++) {
      byte[] key = key(i);
      cache.put(key, 0, key.length, i);
    }

    assertThat(cache.most()).isEqualTo(1 << 17);
    assertThat(cache.bytes()).isLessThanOrEqualTo(cache.most());
    List<Integer> latest =
        IntStream.range(19_000, 20_000).filter(i -> find(cache, key(i)) == i).boxed().toList();
    assertThat(latest).hasSizeGreaterThan(950);
    assertThat(find(cache, key(0))).isEqualTo(FateCache.MISSING);
  }

  /** What is found is what was put there last, whatever else went in between. */
  @Property(tries = 200)
  void answersWhatWasPutLast(@ForAll @Size(max = 300) List<@IntRange(max = 60) Integer> keys) {
    FateCache cache = new FateCache(1);
    Map<Integer, Integer> put = new HashMap<>();
    int fate = 0;
    for (int n : keys) {
      byte[] key = ("key" + n).repeat(1 + 20 * n).getBytes(StandardCharsets.UTF_8);
      int found = cache.find(key, 0, key.length);
      if (found == FateCache.MISSING) {
        cache.put(key, 0, key.length, ++fate);
        put.put(n, fate);
      } else {
        assertThat(found).isEqualTo(put.get(n));
      }
    }
  }

  @Test
  void allocatesNothingForAKeyItKnows() {
    FateCache cache = new FateCache(1 << 20);
    byte[][] keys = IntStream.range(0, 60).mapToObj(FateCacheTest::key).toArray(byte[][]::new);
    for (byte[] key : keys) {
      cache.put(key, 0, key.length, 7);
    }
    findAll(cache, keys, 20);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long sum = findAll(cache, keys, 200);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(sum).isPositive();
    assertThat(allocated).isLessThan(60 * 200 / 8);
  }

  private static long findAll(FateCache cache, byte[][] keys, int times) {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      for (byte[] key : keys) {
        sum += cache.find(key, 0, key.length);
      }
    }
    return sum;
  }

  private static int find(FateCache cache, byte[] key) {
    return cache.find(key, 0, key.length);
  }

  private static byte[] key(int n) {
    return ("bench.dc1.host" + n + ".cpu").getBytes(StandardCharsets.UTF_8);
  }
}
