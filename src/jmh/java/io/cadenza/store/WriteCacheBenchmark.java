package io.cadenza.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cadenza.line.LineRun;
import io.cadenza.meter.Meters;
import io.cadenza.meter.StoreMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lines into the cache in front of a store: parsed, found and added; and taken out again between
 * the rounds, which is not measured. A point a line.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WriteCacheBenchmark {
  private static final int KEYS = 50_000;
  private static final int ROUNDS = 20;

  private WriteCache cache;
  private LineIntake intake;
  private LineRun[] rounds;

  /** A store of values that nobody writes. */
  private static final class Nowhere implements Store {
    @Override
    public Figures figures() {
      return Figures.VALUE;
    }

    @Override
    public Aggregate aggregate(byte[] key, int from, int to) {
      return Aggregate.AVERAGE;
    }

    @Override
    public MetricWriter writer() {
      throw new IllegalStateException();
    }

    @Override
    public MetricIndex index() {
      return MetricIndex.NONE;
    }

    @Override
    public Optional<MetricReader> reader() {
      return Optional.empty();
    }
  }

  /** All keys, a line each, for as many times as there are rounds. */
  @Setup
  public void lines() {
    StoreMeters meters = new StoreMeters(new Meters(new SimpleMeterRegistry()), "benchmark");
    CacheLimits limits = new CacheLimits(Integer.MAX_VALUE, 1_000_000, 0);
    cache = new WriteCache(new Nowhere(), limits, key -> {}, (k, n, why) -> {}, meters);
    intake = new LineIntake(cache);
    rounds = new LineRun[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      for (int key = 0; key < KEYS; key++) {
        int time = 1_700_000_000 + 10 * round;
        String line = "servers.web%05d.cpu.user %d.5 %d%n".formatted(key, round, time);
        text.writeBytes(line.getBytes(US_ASCII));
      }
      byte[] bytes = text.toByteArray();
      rounds[round] = new LineRun(bytes, 0, bytes.length, KEYS);
    }
  }

  /** As if all had been written. */
  @TearDown(Level.Invocation)
  public void drain() {
    while (cache.take(1000, 100_000).series() > 0) {
      cache.written();
    }
  }

  /** Of twenty points of each key the first makes the room for others. */
  @Benchmark
  @OperationsPerInvocation(KEYS * ROUNDS)
  public void twenty() {
    for (LineRun round : rounds) {
      intake.take(round, round.from());
    }
  }

  /** One point of each key. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public void one() {
    intake.take(rounds[0], rounds[0].from());
  }
}
