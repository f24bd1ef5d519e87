package io.cadenza.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
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

/** A rewrite of keys that its cache holds (10 000), or mostly does not (1 000 000). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RewriteBenchmark {
  @Param({"10000", "1000000"})
  private int keys;

  private final Rewrite regex = Rewrite.regex("^bench\\.dc(\\d+)\\.", "datacenter.$1.", 1, null);
  private final Rewrite text = Rewrite.text(".cpu.", ".processor.", 1, null);
  private final byte[] into = new byte[256];
  private byte[][] all;
  private int next;

  @Setup
  public void makeKeys() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, keys).boxed().toList());
    Collections.shuffle(order, new Random(42));
    all =
        order.stream()
            .map(n -> "bench.dc" + n % 5 + ".host" + n / 640 + ".cpu.core3.user_" + n)
            .map(key -> key.getBytes(StandardCharsets.ISO_8859_1))
            .toArray(byte[][]::new);
  }

  private byte[] nextKey() {
    next = next + 1 == keys ? 0 : next + 1;
    return all[next];
  }

  @Benchmark
  public int regex() {
    byte[] key = nextKey();
    return regex.apply(key, 0, key.length, into);
  }

  @Benchmark
  public int text() {
    byte[] key = nextKey();
    return text.apply(key, 0, key.length, into);
  }
}
