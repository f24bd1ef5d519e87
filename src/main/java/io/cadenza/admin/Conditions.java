package io.cadenza.admin;

import io.cadenza.bus.DestinationState;
import io.cadenza.meter.Events;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Tells how things are and what has changed, as JSON: {@code GET /health} (and {@code /healthz}) of
 * every destination, {@code GET /events} of the last events, the newest last. Event loop of the
 * admin.
 *
 * <p>{@code /health} answers 200 as long as the process runs: a destination that is down makes no
 * relay unhealthy. With {@code ?destination=NAME} it answers for that one: 503 while it is down.
 */
final class Conditions {
  private final Events events;
  private final Supplier<? extends Collection<DestinationState>> states;

  /**
   * @param states of the destinations that there are now
   */
  Conditions(Events events, Supplier<? extends Collection<DestinationState>> states) {
    this.events = events;
    this.states = states;
  }

  void addTo(Router router) {
    router.get("/events").handler(this::events);
    router.get("/health").handler(this::health);
    router.get("/healthz").handler(this::health);
  }

  private void events(RoutingContext request) {
    String kind = request.queryParams().get("kind");
    String since = request.queryParams().get("since");
    long from;
    try {
      from = since == null ? Long.MIN_VALUE : Long.parseLong(since);
    } catch (NumberFormatException e) {
      refuse(request, 400, "since is no number: give milliseconds since 1970");
      return;
    }
    JsonArray all = new JsonArray();
    events.all().stream()
        .filter(event -> event.millis() >= from && (kind == null || kind.equals(event.kind())))
        .forEach(event -> all.add(shown(event)));
    answer(request, all.encodePrettily());
  }

  private static JsonObject shown(Events.Event event) {
    return new JsonObject()
        .put("time", event.millis())
        .put("at", Instant.ofEpochMilli(event.millis()).toString())
        .put("level", event.level().toString())
        .put("kind", event.kind())
        .put("what", event.what())
        .put("text", event.text());
  }

  private void health(RoutingContext request) {
    String name = request.queryParams().get("destination");
    Map<String, DestinationState> destinations = new TreeMap<>();
    states.get().forEach(state -> destinations.put(state.name(), state));
    if (name == null) {
      JsonObject all = new JsonObject();
      destinations.forEach((known, state) -> all.put(known, shown(state.condition())));
      answer(request, new JsonObject().put("up", true).put("destinations", all).encodePrettily());
    } else if (destinations.containsKey(name)) {
      DestinationState.Condition condition = destinations.get(name).condition();
      request.response().setStatusCode(condition.up() ? 200 : 503);
      answer(request, shown(condition).encodePrettily());
    } else {
      refuse(request, 404, "no such destination; /health names all");
    }
  }

  private static JsonObject shown(DestinationState.Condition condition) {
    return new JsonObject()
        .put("up", condition.up())
        .put("connected", condition.connected())
        .put("check-up", condition.checkUp())
        .put("why", condition.why())
        .put("since", condition.since())
        .put("at", Instant.ofEpochMilli(condition.since()).toString());
  }

  private static void answer(RoutingContext request, String json) {
    request.response().putHeader("Content-Type", "application/json").end(json + "\n");
  }

  private static void refuse(RoutingContext request, int code, String why) {
    request.response().setStatusCode(code).putHeader("Content-Type", "text/plain").end(why + "\n");
  }
}
