package io.cadenza.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.config.Configuration;
import io.cadenza.meter.Events;
import io.cadenza.meter.Meters;
import io.cadenza.scenario.Ports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class ConditionsTest {
  private static final String NAME = "ring/10.0.0.1:2003#a";

  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private final AtomicLong now = new AtomicLong(1000);
  private final Events events = new Events(meters, () -> Instant.ofEpochMilli(now.get()), 10);
  private final DestinationState one =
      new DestinationState(
          NAME, 1, OnFull.BLOCK, 1, 0, () -> Instant.ofEpochMilli(now.get()), (who, up, why) -> {});
  private final DestinationState other = new DestinationState("other", 1, OnFull.BLOCK);
  private int port;

  @BeforeEach
  void start() throws Exception {
    port = Ports.free();
    AdminConfig config =
        AdminConfig.read(
            Configuration.read("admin.listen = \"127.0.0.1:" + port + "\"", "test").block("admin"));
    AdminVerticle admin =
        new AdminVerticle(
            config, meters, () -> "", Map.of(), List.of(), events, () -> List.of(one, other));
    vertx.deployVerticle(admin).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private List<String> texts(String path) throws Exception {
    return new JsonArray(get(path).body())
        .stream().map(event -> ((JsonObject) event).getString("text")).toList();
  }

  private void addThree() {
    events.add(Level.WARN, "went", "x", "first");
    now.set(2000);
    events.add(Level.INFO, "came", "y", "second");
    now.set(3000);
    events.add(Level.WARN, "went", "z", "third");
  }

  @Test
  void tellsEventsTheNewestLast() throws Exception {
    addThree();

    assertThat(texts("/events")).containsExactly("first", "second", "third");
    assertThat(new JsonArray(get("/events").body()).getJsonObject(1))
        .isEqualTo(
            new JsonObject()
                .put("time", 2000)
                .put("at", "1970-01-01T00:00:02Z")
                .put("level", "INFO")
                .put("kind", "came")
                .put("what", "y")
                .put("text", "second"));
  }

  @Test
  void tellsThoseEventsThatAreAskedFor() throws Exception {
    addThree();

    assertThat(texts("/events?kind=went")).containsExactly("first", "third");
    assertThat(texts("/events?since=2000")).containsExactly("second", "third");
    assertThat(texts("/events?since=2001&kind=came")).isEmpty();
    assertThat(get("/events?since=yesterday").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/healthz"})
  void aDestinationThatIsDownIsToldAndTheProcessIsHealthyAllTheSame(String path) throws Exception {
    now.set(5000);
    one.checked(false, "its check failed: answered 500");

    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonObject all = new JsonObject(answer.body()).getJsonObject("destinations");
    assertThat(all.fieldNames()).containsExactly("other", NAME);
    assertThat(all.getJsonObject("other").getBoolean("up")).isTrue();
    assertThat(all.getJsonObject(NAME))
        .isEqualTo(
            new JsonObject()
                .put("up", false)
                .put("connected", true)
                .put("check-up", false)
                .put("why", "its check failed: answered 500")
                .put("since", 5000)
                .put("at", "1970-01-01T00:00:05Z"));
  }

  @Test
  void answersForOneDestination() throws Exception {
    String path = "/health?destination=" + URLEncoder.encode(NAME, StandardCharsets.UTF_8);
    assertThat(get(path).statusCode()).isEqualTo(200);
    one.up(false, "refused");

    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(answer.body()).getString("why")).isEqualTo("refused");
    assertThat(get("/health?destination=nobody").statusCode()).isEqualTo(404);
  }
}
