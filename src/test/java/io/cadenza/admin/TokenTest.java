package io.cadenza.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.Tap;
import io.cadenza.config.Configuration;
import io.cadenza.meter.Events;
import io.cadenza.meter.Meters;
import io.cadenza.scenario.Ports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has no token learns nothing but that the process lives. */
class TokenTest {
  private final Vertx vertx = Vertx.vertx();
  private final int port = Ports.free();

  @BeforeEach
  void start() throws Exception {
    String text = "admin { listen = \"127.0.0.1:%d\", token = \"open sesame\" }".formatted(port);
    Meters meters = new Meters(new SimpleMeterRegistry());
    AdminVerticle admin =
        new AdminVerticle(
            AdminConfig.read(Configuration.read(text, "test").block("admin")),
            meters,
            () -> "",
            Map.of(),
            List.of(new Tap("seen", 1024)),
            new Events(meters, InstantSource.system(), 10),
            List::of);
    vertx.deployVerticle(admin).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private int get(String path, String authorization) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", authorization)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/healthz",
        "/health?destination=one",
        "/events",
        "/stats",
        "/metrics",
        "/tap/seen",
        "/nowhere"
      })
  void isAskedForEverywhere(String path) throws Exception {
    assertThat(get(path, "none")).isEqualTo(401);
    assertThat(get(path, "Bearer open sesam")).isEqualTo(401);
  }

  @Test
  void opensWhatItProtects() throws Exception {
    assertThat(get("/health", "Bearer open sesame")).isEqualTo(200);
    assertThat(get("/events", "Bearer open sesame")).isEqualTo(200);
  }

  @Test
  void isNotNeededToSeeThatTheProcessLives() throws Exception {
    assertThat(get("/ping", "none")).isEqualTo(200);
  }
}
