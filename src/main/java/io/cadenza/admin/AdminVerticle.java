package io.cadenza.admin;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.Tap;
import io.cadenza.meter.Events;
import io.cadenza.meter.Meters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers the operator over HTTP: {@code /metrics}, {@code /stats}, {@code /health}, {@code
 * /events}, {@code /tap}, {@code /ping}. One instance.
 */
public final class AdminVerticle extends VerticleBase {
  private static final String BEARER = "Bearer ";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final AdminConfig config;
  private final Meters meters;
  private final Supplier<String> prometheus;
  private final Map<String, Object> about;
  private final Taps taps;
  private final Conditions conditions;
  private HttpServer server;

  /**
   * @param prometheus all figures in Prometheus' text format
   * @param about what {@code /stats} tells of the process itself
   * @param taps those that may be followed
   * @param destinations whose health is told, as there are at the time; any thread may ask
   */
  public AdminVerticle(
      AdminConfig config,
      Meters meters,
      Supplier<String> prometheus,
      Map<String, Object> about,
      Collection<Tap> taps,
      Events events,
      Supplier<? extends Collection<DestinationState>> destinations) {
    this.config = config;
    this.meters = meters;
    this.prometheus = prometheus;
    this.about = about;
    this.taps = new Taps(taps, meters);
    this.conditions = new Conditions(events, destinations);
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    router.get("/ping").handler(request -> request.end("ok\n"));
    router.route().handler(this::authorise);
    router.get("/metrics").handler(this::metrics);
    router.get("/stats").handler(this::stats);
    conditions.addTo(router);
    taps.addTo(router);
    // A process that takes our place listens before we leave.
    HttpServerOptions options = new HttpServerOptions().setReusePort(true);
    options.setHttp2ClearTextEnabled(false);
    server = vertx.createHttpServer(options).requestHandler(router);
    return taps.start(vertx.eventBus())
        .compose(v -> server.listen(config.listen().port(), config.listen().host()));
  }

  private void authorise(RoutingContext request) {
    if (!config.token().isGiven() || allowed(request.request().getHeader("Authorization"))) {
      request.next();
    } else {
      request.response().setStatusCode(401).putHeader("WWW-Authenticate", "Bearer").end();
    }
  }

  private boolean allowed(String header) {
    return header != null
        && header.startsWith(BEARER)
        && config.token().matches(header.substring(BEARER.length()));
  }

  private void metrics(RoutingContext request) {
    request.response().putHeader("Content-Type", PROMETHEUS).end(prometheus.get());
  }

  private void stats(RoutingContext request) {
    JsonObject all = new JsonObject().put("process", new JsonObject(new LinkedHashMap<>(about)));
    all.mergeIn(new JsonObject(meters.snapshot()), true);
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end(all.encodePrettily() + "\n");
  }
}
