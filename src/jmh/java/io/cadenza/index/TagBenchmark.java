package io.cadenza.index;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Searches among 100 000 series of 2000 hosts with five tags, one of them different for each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TagBenchmark {
  private static final int SERIES = 100_000;

  @Param({
    "name=metric7.count",
    "host=web00010",
    "name=metric7.count host=~web0001.*",
    "env=prod dc!=dc1",
    "id=~.*f00"
  })
  public String expressions;

  private final TagIndex index = new TagIndex(SERIES);

  @Setup
  public void build() {
    for (int i = 0; i < SERIES; i++) {
      index.tagSeries(
          "metric%d.count;dc=dc%d;env=%s;host=web%05d;rack=r%d;id=%08x"
              .formatted(i % 50, i % 4, i % 3 == 0 ? "prod" : "test", i / 50, i / 50 % 100, i));
    }
  }

  @Benchmark
  public List<String> findSeries() {
    return index.findSeries(List.of(expressions.split(" ")), SERIES);
  }

  @Benchmark
  public List<String> autoCompleteTags() {
    return index.autoCompleteTags(List.of(expressions.split(" ")), "", 100);
  }
}
