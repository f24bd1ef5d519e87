package io.cadenza.api;

import io.cadenza.config.Configuration;
import io.cadenza.meter.ApiMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;

/**
 * A read API over the recorded points, to be asked by a real graphite-web or Grafana: with {@code
 * now=1700000000}, or {@code from} and {@code until} near it. Its argument is the port.
 */
final class ApiMain {
  private ApiMain() {}

  public static void main(String[] args) {
    String text = "api { listen = \"127.0.0.1:%s\", access-log = true }".formatted(args[0]);
    List<String> tagged = List.of("disk;dc=a;host=h1", "disk;dc=b;host=h2");
    List<Holding> holdings =
        List.of(ApiRig.recorded(), ApiRig.holding("tagged", tagged, new SlowStore()));
    ApiVerticle api =
        new ApiVerticle(
            ApiConfig.read(Configuration.read(text, "main").block("api")),
            () -> holdings,
            new ApiMeters(new Meters(new SimpleMeterRegistry())),
            Clock.systemUTC());
    Vertx.vertx().deployVerticle(api);
  }
}
