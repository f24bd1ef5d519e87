package io.cadenza.render;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A day of 1 000 series, a point each 10 s, with all that is done between the store's arrays and
 * the text of an answer; {@code a.*.b} alone is what that is without a function. One in 50 points
 * is missing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class RenderBenchmark {
  private static final long FROM = 1_700_000_000;
  private static final int STEP = 10;
  private static final int POINTS = 8640;
  private static final int SERIES = 1000;

  @Param({
    "a.*.b",
    "sumSeries(a.*.b)",
    "aliasByNode(a.*.b,1)",
    "aliasByNode(perSecond(a.*.b),1)",
    "sortByMaxima(scale(a.*.b,2.5))",
    "groupByNode(a.*.b,2,'average')",
    "summarize(a.*.b,'1h','sum')",
    "percentileOfSeries(a.*.b,95)",
    "movingAverage(a.*.b,60)",
    "aliasSub(a.*.b,'^a\\.(.*)\\.b$','\\1')"
  })
  private String target;

  private final Renderer renderer = new Renderer();
  private SeriesSource source;
  private RenderRequest request;

  @Setup
  public void makeSeries() {
    double[][] values = new double[SERIES][];
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < SERIES; i++) {
      values[i] =
          random
              .doubles(2L * POINTS)
              .map(value -> value < 0.02 ? Double.NaN : value * 1000)
              .toArray();
    }
    source = new GivenArrays(values);
    request =
        new RenderRequest(
            List.of(target),
            FROM,
            FROM + (long) POINTS * STEP,
            FROM,
            ZoneOffset.UTC,
            1000,
            null,
            Map.of(),
            new RenderLimits(10_000, 1_000_000_000, 1000, Duration.ofMinutes(1), System::nanoTime));
  }

  /** Series of arrays that are there. */
  private record GivenArrays(double[][] values) implements SeriesSource {
    @Override
    public List<List<Series>> fetch(List<String> patterns, Span span) {
      return patterns.stream().map(pattern -> series(span)).toList();
    }

    @Override
    public List<Series> fetchByTag(List<String> expressions, Span span) {
      return series(span);
    }

    private List<Series> series(Span span) {
      int points = (int) Math.min(2 * POINTS, (span.until() - span.from()) / STEP);
      return IntStream.range(0, values.length)
          .mapToObj(i -> series(i, span.from(), points))
          .toList();
    }

    private Series series(int i, long from, int points) {
      String name = "a.host" + i + ".b";
      double[] all = points == 2 * POINTS ? values[i] : Arrays.copyOf(values[i], points);
      return new Series(name, name, Map.of("name", name), from + STEP, STEP, all);
    }
  }

  @Benchmark
  public List<Series> render() {
    return renderer.render(request, source);
  }

  @Benchmark
  public List<Series> renderConsolidated() {
    List<Series> all = renderer.render(request, source);
    long span = Renderer.span(all);
    return all.stream().map(one -> Renderer.consolidate(one, span, 1000)).toList();
  }
}
