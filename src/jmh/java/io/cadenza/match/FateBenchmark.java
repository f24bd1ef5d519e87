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

/**
 * A look at what was decided for a key, beside what it saves: the automaton of some aggregation
 * rules, and the new key of one. Keys of 45 bytes lie one behind another, as lines of a batch do; 1
 * 000 000 of them are more than the cache holds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FateBenchmark {
  private static final int LENGTH = 45;

  @Param({"1000", "100000", "1000000"})
  private int keys;

  private final FateCache cache = new FateCache(32 << 20);
  private final KeyTemplate template =
      KeyTemplate.carbon("bench.<dc>.host*.<<rest>>", "bench.<dc>.all.<<rest>>");
  private final byte[] into = new byte[256];
  private PatternSet rules;
  private byte[] all;
  private int next;

  @Setup
  public void makeKeys() {
    PatternSet.Builder builder = new PatternSet.Builder();
    for (int rule = 0; rule < 5; rule++) {
      builder.regex(KeyTemplate.carbonRegex("bench.dc" + rule + ".host*.<<rest>>"));
    }
    rules = builder.build();
    List<Integer> order = new ArrayList<>(IntStream.range(0, keys).boxed().toList());
    Collections.shuffle(order, new Random(42));
    all = new byte[keys * LENGTH];
    for (int i = 0; i < keys; i++) {
      int n = order.get(i);
      String key = "bench.dc%d.host%05d.cpu.core3.user_%06d_sum".formatted(n % 5, n / 640, n);
      System.arraycopy(key.getBytes(StandardCharsets.US_ASCII), 0, all, i * LENGTH, LENGTH);
    }
    Collections.shuffle(order, new Random(43)); // not in the order in which they are looked for
    for (int i : order) {
      cache.put(all, i * LENGTH, (i + 1) * LENGTH, i % 20);
    }
  }

  private int nextKey() {
    next = next + 1 == keys ? 0 : next + 1;
    return next * LENGTH;
  }

  @Benchmark
  public int find() {
    int at = nextKey();
    return cache.find(all, at, at + LENGTH);
  }

  @Benchmark
  public int automaton() {
    int at = nextKey();
    return rules.match(all, at, at + LENGTH);
  }

  @Benchmark
  public int newKey() {
    int at = nextKey();
    return template.apply(all, at, at + LENGTH, into);
  }
}
