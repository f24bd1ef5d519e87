package io.cadenza.accumulate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cadenza.accumulate.bins.FlushedBins;
import io.cadenza.accumulate.bins.Function;
import io.cadenza.accumulate.bins.GraphiteAccumulator;
import io.cadenza.accumulate.bins.GraphiteConfig;
import io.cadenza.accumulate.bins.Guess;
import io.cadenza.accumulate.bins.PercentileMethod;
import io.cadenza.accumulate.bins.RuleConfig;
import io.cadenza.accumulate.bins.RulesAccumulator;
import io.cadenza.accumulate.bins.ValueRoom;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Parsing and taking lines, time and bytes a line: graphite lines of 100 000 keys, and lines of a
 * rule with 20 keys. {@code flushes} is a flush of the 100 000 keys while they are idle but kept,
 * so that each gives a line; time and bytes a key.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(1)
public class BinsBenchmark {
  private static final int LINES = 1000;
  private static final int KEYS = 100_000;
  private static final long NOW = 1_795_184_250;

  @Param({"sum", "stdev", "p99"})
  private String function;

  private final List<LineBatch> lines = new ArrayList<>();
  private final List<LineBatch> ruled = new ArrayList<>();
  private GraphiteAccumulator bins;
  private RulesAccumulator rules;
  private int next;
  private long flushed;

  @Setup
  public void setUp() {
    AccumulatorMeters meters = new AccumulatorMeters(new Meters(new SimpleMeterRegistry()), "main");
    AccumulatorConfig common =
        new AccumulatorConfig(
            "main",
            Duration.ofSeconds(10),
            false,
            1,
            1 << 22,
            1_000_000,
            1 << 28,
            AccumulatorConfig.OnMaxKeys.DROP,
            AccumulatorConfig.OnStop.FLUSH);
    bins =
        new GraphiteAccumulator(
            new GraphiteConfig(common, true, AccumulatorConfig.Output.GRAPHITE),
            new Guess(List.of()),
            common.room(),
            meters,
            out(),
            FlushedBins.NONE,
            0,
            1);
    RuleConfig rule =
        new RuleConfig(
            "",
            List.of(Function.named(function).orElseThrow()),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            RuleConfig.Timestamp.START,
            RuleConfig.Late.RE_EMIT,
            5,
            PercentileMethod.LINEAR);
    rules =
        new RulesAccumulator(
            List.of(rule),
            AccumulatorConfig.OnMaxKeys.DROP,
            common.room(),
            new ValueRoom(ValueRoom.USUAL),
            meters,
            List.of(out()),
            0,
            1);
    LineBatch.Builder plain = new LineBatch.Builder(new GraphiteFormat(), 128 * 1024);
    LineBatch.Builder prefixed = new LineBatch.Builder(new GraphiteFormat(), 128 * 1024);
    for (int i = 0; i < KEYS; i++) {
      String rest = " " + i % 800 + ".42 " + (NOW + i % 7);
      String key =
          String.format("bench.dc%d.host%05d.cpu.core%d.user_%d", i % 4, i / 40, i % 10, i);
      add(plain, "", key, rest);
      add(prefixed, "\0\0", "bench.all.cpu.core" + i % 20 + ".user_total_of_all", rest);
      if (plain.count() == LINES) {
        lines.add(plain.freeze());
        ruled.add(prefixed.freeze());
      }
    }
    lines.forEach(batch -> bins.take(batch, NOW * 1000));
  }

  private FlushedLines out() {
    return new FlushedLines(
        new GraphiteFormat(),
        "benchmark",
        batch -> {
          flushed += batch.count();
          return true;
        });
  }

  private static void add(LineBatch.Builder batch, String front, String key, String rest) {
    byte[] line = (front + key + rest + "\n").getBytes(US_ASCII);
    byte[] into = batch.reserve(line.length);
    int start = batch.length();
    System.arraycopy(line, 0, into, start, line.length);
    int from = start + front.length();
    int end = start + line.length - 1;
    batch.line(start, LineFormat.span(from, from + key.length()), end);
    batch.advance(line.length);
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public void graphite() {
    next = next + 1 == lines.size() ? 0 : next + 1;
    bins.take(lines.get(next), NOW * 1000);
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public void rules() {
    next = next + 1 == ruled.size() ? 0 : next + 1;
    rules.take(ruled.get(next), NOW * 1000);
  }

  /** Keys are kept, so that each gives a line. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public long flushes() {
    bins.flush(new Tick((NOW + 10) * 1000, 1, (NOW + 10) * 1000, false));
    while (!bins.emit(1000)) {
      flushed++;
    }
    return flushed;
  }
}
