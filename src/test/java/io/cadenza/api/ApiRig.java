package io.cadenza.api;

import io.cadenza.config.Configuration;
import io.cadenza.index.NameIndex;
import io.cadenza.meter.ApiMeters;
import io.cadenza.meter.Meters;
import io.cadenza.store.MetricReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A read API on a port of its own, over stores in memory, and a client that asks it. */
final class ApiRig {
  /** Seconds since 1970: now, as long as a request says nothing else. */
  static final long NOW = 1_700_000_000L;

  static final Duration REACH = Duration.ofDays(1);

  final int port;
  final Meters meters = new Meters(new SimpleMeterRegistry());
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * @param more of the block {@code api}
   */
  ApiRig(String more, Holding... holdings) throws Exception {
    String text = "api { listen = \"127.0.0.1:0\", %s }".formatted(more);
    List<Holding> all = List.of(holdings);
    ApiVerticle api =
        new ApiVerticle(
            ApiConfig.read(Configuration.read(text, "test").block("api")),
            () -> all,
            new ApiMeters(meters),
            InstantSource.fixed(Instant.ofEpochSecond(NOW)));
    vertx.deployVerticle(api).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    port = api.port();
  }

  /** The store of the recorded answers. */
  static Holding recorded() {
    VectorReader reader = new VectorReader();
    return holding("recorded", reader.names(), reader);
  }

  static Holding holding(String name, Collection<String> names, MetricReader reader) {
    NameIndex index = new NameIndex();
    for (String each : names) {
      byte[] key = each.getBytes(StandardCharsets.UTF_8);
      index.add(key, 0, key.length);
    }
    return new Holding(name, index, reader, Metadata.NONE, REACH);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  /** Posts a form as browsers do. */
  HttpResponse<String> post(String path, String form) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  HttpClient client() {
    return client;
  }

  /** A figure of an endpoint; of one by status, that of this status; 0 where there is none. */
  long figure(String endpoint, String... path) {
    Object at = ((Map<?, ?>) meters.snapshot().get("apis")).get(endpoint);
    for (String step : path) {
      at = at == null ? null : ((Map<?, ?>) at).get(step);
    }
    return at == null ? 0 : ((Number) at).longValue();
  }

  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
