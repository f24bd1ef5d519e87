package io.cadenza.listen;

import io.cadenza.bus.Handover;
import io.cadenza.bus.Lane;
import io.cadenza.bus.Window;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.line.Shelf;
import io.cadenza.meter.Complaints;
import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * From a read of 64 KiB to a batch of lines with their keys: time and bytes a line. The baseline
 * makes a String of every line, as RecordParser and readers do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(1)
public class SplitterBenchmark {
  private static final int LINES = 1100;

  private Vertx vertx;
  private Buffer read;
  private byte[] text;
  private Intake intake;
  private final Tail tail = new Tail();

  @Setup
  public void setUp() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      all.append("bench.dc1.host").append(10_000 + i).append(".cpu.core3.user_").append(i);
      all.append(" 719.42 1795184257\n");
    }
    text = all.toString().getBytes(StandardCharsets.US_ASCII);
    read = Buffer.buffer(text);
    vertx = Vertx.vertx();
    // A lane to nobody, with room for ever: only the splitting is measured.
    Lane<LineBatch> nowhere = new Lane<>(vertx.eventBus(), "nowhere", new Window(Long.MAX_VALUE));
    Handover.register(vertx.eventBus());
    InstantSource clock = InstantSource.system();
    ListenerMeters meters = new ListenerMeters(new Meters(new SimpleMeterRegistry()), "bench");
    intake =
        new Intake(
            new GraphiteFormat(),
            "main",
            32 * 1024,
            nowhere,
            meters,
            new Complaints("bench", clock),
            new Shelf(1),
            task -> {});
  }

  @TearDown
  public void tearDown() {
    vertx.close();
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public int splits() {
    intake.take(tail, read);
    return tail.length();
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public int baselineStringALine() {
    int keys = 0;
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        String line = new String(text, start, i - start, StandardCharsets.UTF_8);
        keys += line.indexOf(' ');
        start = i + 1;
      }
    }
    return keys;
  }
}
