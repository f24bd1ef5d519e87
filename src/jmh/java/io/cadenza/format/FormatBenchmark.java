package io.cadenza.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What reading a line costs: 1000 different lines of 57 bytes a call, told for one line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FormatBenchmark.LINES)
public class FormatBenchmark {
  static final int LINES = 1000;

  private final GraphiteFormat graphite = new GraphiteFormat();
  private final StatsdFormat statsd = new StatsdFormat();
  private final Cleanser cleanser = new Cleanser(Cleanser.EXTRA);
  private final byte[] into = new byte[64];
  private LineBatch graphiteLines;
  private LineBatch statsdLines;

  @Setup
  public void fill() {
    Random random = new Random(7);
    LineBatch.Builder graphites = new LineBatch.Builder(graphite, 64 * 1024);
    LineBatch.Builder statsds = new LineBatch.Builder(statsd, 64 * 1024);
    for (int i = 0; i < LINES; i++) {
      String value = random.nextInt(1000) + "." + random.nextInt(100);
      String key = "bench.dc%d.host%04d.cpu.".formatted(i % 4, random.nextInt(10000));
      String tail = " " + value + " " + (1_700_000_000 + i);
      add(graphites, pad(key, 57 - tail.length()) + tail);
      tail = ":" + value + "|ms|@0.1";
      add(statsds, pad(key, 57 - tail.length()) + tail);
    }
    graphiteLines = graphites.freeze();
    statsdLines = statsds.freeze();
  }

  private static String pad(String key, int length) {
    return (key + "user_percent_of_everything_there_is").substring(0, length);
  }

  private static void add(LineBatch.Builder builder, String line) {
    byte[] bytes = line.getBytes(US_ASCII);
    if (builder.add(bytes, 0, bytes.length) != 0) {
      throw new IllegalStateException(line);
    }
  }

  @Benchmark
  public long graphiteKey() {
    return keys(graphite, graphiteLines);
  }

  @Benchmark
  public long statsdKey() {
    return keys(statsd, statsdLines);
  }

  @Benchmark
  public int graphiteMedium() {
    return refused(graphite, Validation.MEDIUM, graphiteLines);
  }

  @Benchmark
  public int graphiteStrict() {
    return refused(graphite, Validation.STRICT, graphiteLines);
  }

  @Benchmark
  public int statsdMedium() {
    return refused(statsd, Validation.MEDIUM, statsdLines);
  }

  @Benchmark
  public double graphiteParse() {
    LineBatch lines = graphiteLines;
    Sample sample = new Sample();
    double sum = 0;
    for (int i = 0; i < LINES; i++) {
      GraphiteFormat.parse(lines.bytes(), lines.keyEnd(i), lines.end(i), sample);
      sum += sample.value() + sample.time();
    }
    return sum;
  }

  @Benchmark
  public int isClean() {
    LineBatch lines = graphiteLines;
    int clean = 0;
    for (int i = 0; i < LINES; i++) {
      clean += cleanser.isClean(lines.bytes(), lines.start(i), lines.end(i)) ? 1 : 0;
    }
    return clean;
  }

  @Benchmark
  public int clean() {
    LineBatch lines = graphiteLines;
    int written = 0;
    for (int i = 0; i < LINES; i++) {
      written += cleanser.clean(lines.bytes(), lines.start(i), lines.end(i), into, 0);
    }
    return written;
  }

  private static long keys(LineFormat format, LineBatch lines) {
    long all = 0;
    for (int i = 0; i < LINES; i++) {
      all ^= format.key(lines.bytes(), lines.start(i), lines.end(i));
    }
    return all;
  }

  private static int refused(LineFormat format, Validation level, LineBatch lines) {
    int refused = 0;
    for (int i = 0; i < LINES; i++) {
      Invalid bad =
          format.check(level, lines.bytes(), lines.keyStart(i), lines.keyEnd(i), lines.end(i));
      refused += bad == null ? 0 : 1;
    }
    return refused;
  }
}
