package io.cadenza.admin;

import io.cadenza.config.Configuration;
import io.cadenza.meter.Events;
import io.cadenza.meter.Meters;
import io.cadenza.meter.ShellMeters;
import io.cadenza.scenario.Ports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A shell over scripted accumulators. */
final class ShellRig {
  /** Seconds since 1970: when those answers were recorded that the tests compare with. */
  static final long NOW = 1_795_173_410L;

  final int port = Ports.free();
  final ScriptedAccumulators accumulators = new ScriptedAccumulators();
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private final Events events = new Events(meters, InstantSource.system(), 10);
  private final Vertx vertx = Vertx.vertx();

  /**
   * @param more of the block {@code shell}
   */
  ShellRig(String more) throws Exception {
    String text = "shell { listen = \"127.0.0.1:%d\", %s }".formatted(port, more);
    ShellMeters own = new ShellMeters(meters);
    own.here(1);
    ShellVerticle shell =
        new ShellVerticle(
            ShellConfig.read(Configuration.read(text, "test").block("shell")),
            accumulators,
            new HealthStatus(events),
            own,
            InstantSource.fixed(Instant.ofEpochSecond(NOW)),
            (NOW - 2) * 1000);
    vertx.deployVerticle(shell).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  ShellClient dial() throws Exception {
    return new ShellClient(port);
  }

  /** What a new connection is answered to this. */
  String ask(String text) throws Exception {
    return ShellClient.ask(port, text);
  }

  String events() {
    return events.all().stream().map(Events.Event::text).toList().toString();
  }

  /** A figure of the shell; of one by reason, the one with this reason. */
  long figure(String... path) {
    Object at = ((Map<?, ?>) meters.snapshot().get("shells")).get("all");
    for (String step : path) {
      at = at == null ? null : ((Map<?, ?>) at).get(step);
    }
    return at == null ? 0 : ((Number) at).longValue();
  }

  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
