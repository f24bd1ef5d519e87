package io.cadenza.match;

import com.google.re2j.Pattern;
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
 * A key of 41 bytes against sets of conditions: the time must not grow with their number. The
 * baseline runs RE2/J one regex after the other, as relays do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatchBenchmark {
  @Param({"prefix", "substring", "rules", "anchored", "unanchored", "wild"})
  private String conditions;

  @Param({"100000", "1000000"})
  private int keys;

  private byte[] bytes;
  private int[] ends;
  private int next;
  private PatternSet set;
  private Pattern[] patterns;

  @Setup
  public void build() {
    PatternSet.Builder builder = new PatternSet.Builder();
    List<String> regexes = regexes();
    switch (conditions) {
      case "prefix" -> builder.prefix("bench.dc1.");
      case "substring" -> builder.substring("core7");
      default -> regexes.forEach(builder::regex);
    }
    set = builder.build();
    patterns = regexes.stream().map(Pattern::compile).toArray(Pattern[]::new);
    makeKeys();
  }

  private List<String> regexes() {
    List<String> all = new ArrayList<>();
    switch (conditions) {
      case "prefix" -> all.add("^bench\\.dc1\\.");
      case "substring" -> all.add("core7");
      case "rules" -> {
        IntStream.range(0, 50).forEach(i -> all.add("^other" + i + "\\..*\\.cpu"));
        IntStream.range(0, 4).forEach(i -> all.add("^bench\\.dc" + i + "\\."));
      }
      case "anchored" ->
          IntStream.range(0, 100)
              .forEach(
                  i -> all.add("^bench\\.dc" + i % 5 + "\\.host\\d+\\.cpu\\.core" + i + "\\."));
      case "wild" ->
          IntStream.range(0, 100)
              .forEach(i -> all.add("(dc|host)\\d*" + i % 10 + ".*core" + i / 10 + ".*_\\d*" + i));
      default ->
          IntStream.range(0, 100)
              .forEach(i -> all.add("host\\d*" + i + "\\.[a-z]+\\.core" + i % 10));
    }
    return all;
  }

  /** All distinct, in no order, one behind the other as a read leaves them. */
  private void makeKeys() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, keys).boxed().toList());
    Collections.shuffle(order, new Random(42));
    bytes = new byte[keys * 48];
    ends = new int[keys + 1];
    for (int i = 0; i < keys; i++) {
      int n = order.get(i);
      String key =
          String.format(
              "bench.dc%d.host%05d.cpu.core%d.user_%d", n % 5, n / 640, n / 5 % 8, 10_000 + n);
      byte[] made = key.getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(made, 0, bytes, ends[i], made.length);
      ends[i + 1] = ends[i] + made.length;
    }
  }

  private int nextKey() {
    next = next + 1 == keys ? 0 : next + 1;
    return next;
  }

  @Benchmark
  public int set() {
    int key = nextKey();
    return set.match(bytes, ends[key], ends[key + 1]);
  }

  @Benchmark
  public int oneByOneRe2j() {
    int key = nextKey();
    String text =
        new String(bytes, ends[key], ends[key + 1] - ends[key], StandardCharsets.ISO_8859_1);
    int found = 0;
    for (Pattern pattern : patterns) {
      found += pattern.matcher(text).find() ? 1 : 0;
    }
    return found;
  }
}
