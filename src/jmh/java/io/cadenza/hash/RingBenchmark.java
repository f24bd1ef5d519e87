package io.cadenza.hash;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One lookup among four nodes, of 100 000 distinct keys in random order, all in one array as they
 * lie in batches. {@link #md5} is the baseline of the rings that digest: the hash without the cache
 * in front.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RingBenchmark {
  private static final int KEYS = 100_000;

  @Param({
    "carbon_ch",
    "fnv1a_ch",
    "mmh3_ch",
    "fast",
    "c-relay-carbon_ch",
    "c-relay-fnv1a_ch",
    "jump_fnv1a_ch",
    "crng-v1",
    "crng-v2",
    "statsd-proxy",
    "cadent"
  })
  public String hash;

  private final int[] into = new int[2];
  private byte[] bytes;
  private int[] ends;
  private int at;
  private HashRing one;
  private HashRing two;
  private final KeyHash md5 = HashKind.MD5_16.plain();

  @Setup
  public void prepare() {
    List<Node> nodes =
        IntStream.range(1, 5)
            .mapToObj(i -> new Node("10.0.0." + i, 2003, "i" + i, null, "tcp://10.0.0." + i))
            .toList();
    boolean fast = hash.equals("fast");
    RingSpec spec = new RingSpec(fast ? "mmh3_ch" : hash, 1, true, fast, "mmh3", "simple", 100);
    one = Rings.of(spec, nodes);
    two = Rings.of(spec.withReplicas(2), nodes);
    keys();
  }

  private void keys() {
    Random random = new Random(1);
    int[] order = random.ints(0, Integer.MAX_VALUE).distinct().limit(KEYS).toArray();
    StringBuilder all = new StringBuilder();
    ends = new int[KEYS + 1];
    for (int i = 0; i < KEYS; i++) {
      all.append("servers.web").append(order[i]).append(".cpu.user");
      ends[i + 1] = all.length();
    }
    bytes = all.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private int next() {
    at = at + 1 == KEYS ? 0 : at + 1;
    return at;
  }

  @Benchmark
  public int first() {
    int key = next();
    return one.first(bytes, ends[key], ends[key + 1]);
  }

  @Benchmark
  public int replicas() {
    int key = next();
    return two.replicas(bytes, ends[key], ends[key + 1], into);
  }

  @Benchmark
  public long md5() {
    int key = next();
    return md5.position(bytes, ends[key], ends[key + 1]);
  }
}
