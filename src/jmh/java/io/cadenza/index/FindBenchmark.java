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

/**
 * Queries among 1 000 000 names of 10 000 hosts, as graphite's find and render ask them. The last
 * two have to look at a branch of each host, or at every name.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FindBenchmark {
  private static final int LIMIT = 1_000_000;

  @Param({
    "servers.web01234.cpu.load",
    "servers.*.cpu.load",
    "servers.web1*.{cpu,mem}.*",
    "servers.*5.cpu.l?ad",
    "servers.*",
    "*.*.*.load",
    "**.load"
  })
  public String query;

  private NameIndex index;

  @Setup
  public void build() {
    index = new NameIndex();
    for (byte[] name : MillionNames.inNoOrder()) {
      index.add(name, 0, name.length);
    }
  }

  @Benchmark
  public List<Node> find() {
    return index.find(query, LIMIT);
  }

  @Benchmark
  public List<String> expand() {
    return index.expand(query, true, LIMIT);
  }
}
