package io.cadenza.api;

import io.cadenza.config.Configuration;
import io.cadenza.index.NameIndex;
import io.cadenza.meter.ApiMeters;
import io.cadenza.meter.Meters;
import io.cadenza.store.Aggregate;
import io.cadenza.store.Fetched;
import io.cadenza.store.MetricReader;
import io.cadenza.store.Retention;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A thousand series of a day over HTTP, from the request to the last byte that the client has read:
 * found, fetched from memory, computed, encoded and sent.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class RenderBenchmark {
  private static final long NOW = 1_700_000_000L;
  private static final int DAY = 86_400;

  /** What is added to the request. */
  @Param({
    "format=json",
    "format=json&maxDataPoints=1000",
    "format=raw",
    "format=csv",
    "format=pickle",
    "format=msgpack"
  })
  public String format;

  /** Seconds from one point to the next. */
  @Param({"60", "10"})
  public int step;

  /** Whether values have up to three decimals, as what is measured has, or all digits. */
  @Param({"false", "true"})
  public boolean digits;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpRequest request;

  /** The same day for all series. */
  private final class Day implements MetricReader {
    private final double[] values = new double[DAY / step];

    private Day() {
      Random random = new Random(1);
      for (int i = 0; i < values.length; i++) {
        double value = random.nextDouble() * 1000;
        values[i] = digits ? value : Math.rint(value * 1000) / 1000;
      }
    }

    @Override
    public Map<String, Fetched> read(Query query) {
      Map<String, Fetched> all = new HashMap<>();
      for (String key : query.keys()) {
        long start = Fetched.intervalOf(NOW - DAY, step);
        all.put(key, new Fetched(start, step, Aggregate.AVERAGE, values.clone(), null));
      }
      return all;
    }

    @Override
    public List<Retention> retentions(String key) {
      return List.of(new Retention(step, 2 * DAY));
    }

    @Override
    public void close() {}
  }

  /** An API with a store of a thousand names. */
  @Setup
  public void start() throws Exception {
    NameIndex index = new NameIndex();
    for (int i = 0; i < 1000; i++) {
      byte[] key = ("servers.web" + i + ".cpu.user").getBytes(StandardCharsets.UTF_8);
      index.add(key, 0, key.length);
    }
    List<Holding> all =
        List.of(new Holding("day", index, new Day(), Metadata.NONE, Duration.ofDays(2)));
    String text = "api { listen = \"127.0.0.1:0\" }";
    ApiVerticle api =
        new ApiVerticle(
            ApiConfig.read(Configuration.read(text, "benchmark").block("api")),
            () -> all,
            new ApiMeters(new Meters(new SimpleMeterRegistry())),
            InstantSource.fixed(Instant.ofEpochSecond(NOW)));
    vertx.deployVerticle(api).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    String path = "/render?target=servers.*.cpu.user&from=-1d&" + format;
    request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path)).build();
  }

  @TearDown
  public void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Asks, and counts the bytes that come. */
  @Benchmark
  public long render() throws Exception {
    long[] bytes = {0};
    HttpResponse<Void> answer =
        client.send(
            request,
            BodyHandlers.ofByteArrayConsumer(
                piece -> bytes[0] += piece.map(p -> p.length).orElse(0)));
    if (answer.statusCode() != 200 || bytes[0] < 1_000_000) {
      throw new IllegalStateException(answer.statusCode() + ", " + bytes[0] + " bytes");
    }
    return bytes[0];
  }
}
