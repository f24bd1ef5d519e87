package io.cadenza.accumulate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cadenza.accumulate.statsd.StatsdAccumulator;
import io.cadenza.accumulate.statsd.StatsdConfig;
import io.cadenza.accumulate.statsd.StatsdShared;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.StatsdFormat;
import io.cadenza.format.StatsdName;
import io.cadenza.line.LineBatch;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Statsd lines as the load generator writes them, counters, timers, gauges and sets of many keys:
 * time to take a line, to find out its shard, and to flush a key. Bytes a line are those of the
 * flush between two iterations: taking lines has none, which AllocationTest asserts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(1)
public class StatsdBenchmark {
  private static final int KEYS = 100_000;
  private static final int LINES = 1000;
  private static final String[] TYPES = {"c", "ms", "g", "c|@0.1", "s", "c", "ms", "c"};
  private static final long START = 1_795_184_250_000L;

  /** What is behind each line. */
  @Param({"", "|#env:prod,host:web1"})
  private String tags;

  private final List<LineBatch> batches = new ArrayList<>();
  private StatsdAccumulator shard;
  private long now = START;
  private int next;

  /** Makes the lines. */
  @Setup
  public void setUp() {
    Settings all = Configuration.read("a { format = statsd }", "benchmark");
    Settings defaults = all.block("defaults");
    Settings s = all.block("a").withDefaults(defaults.block("accumulate"));
    AccumulatorConfig common = AccumulatorConfig.read("b", s, Duration.ofSeconds(10));
    var shared =
        new StatsdShared(common, StatsdConfig.read(s, defaults), 1, InstantSource.system());
    var lines = new FlushedLines(new GraphiteFormat(), "b", batch -> true);
    var meters = new AccumulatorMeters(new Meters(new SimpleMeterRegistry()), "b");
    shard = new StatsdAccumulator(shared, 0, lines, meters);
    LineBatch.Builder batch = new LineBatch.Builder(new StatsdFormat(), 128 * 1024);
    for (int k = 0; k < KEYS; k++) {
      String key = String.format("bench.dc%d.host%05d.app%d.requests_%d", k % 4, k / 40, k % 10, k);
      String line = key + ":" + k * 7919L % 1000 + "|" + TYPES[k % 8] + tags;
      batch.add(line.getBytes(US_ASCII), 0, line.length());
      if (batch.count() == LINES) {
        batches.add(batch.freeze());
      }
    }
    batches.forEach(b -> shard.take(b, now));
  }

  /** Timers of one iteration are as many as in the one before: their arrays need not grow. */
  @Setup(Level.Iteration)
  public void flushAll() {
    now += 10_000;
    shard.flush(new Tick(now, 1, now, false));
    shard.emit(Integer.MAX_VALUE);
  }

  /** Takes a batch. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public void take() {
    shard.take(batches.get(next), now);
    next = (next + 1) % batches.size();
  }

  /** Finds out which shard each line of a batch belongs to. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public long shardOf() {
    LineBatch batch = batches.get(next);
    next = (next + 1) % batches.size();
    long sum = 0;
    for (int i = 0; i < batch.count(); i++) {
      sum += StatsdName.hash(batch.bytes(), batch.start(i), batch.keyEnd(i));
    }
    return sum;
  }

  /** A shard in which every key got some samples. */
  @State(Scope.Thread)
  public static class Filled {
    /** Gives each key four samples. */
    @Setup(Level.Invocation)
    public void fill(StatsdBenchmark benchmark) {
      for (int i = 0; i < 4; i++) {
        benchmark.batches.forEach(batch -> benchmark.shard.take(batch, benchmark.now));
      }
    }
  }

  /** Flushes all keys. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public void flush(Filled filled) {
    flushAll();
  }
}
