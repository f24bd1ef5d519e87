package io.cadenza.listen;

import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Tally;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * What a client over HTTP is told; nothing, where it has gone meanwhile. Every request is counted
 * by its status. Belongs to the listener's event loop.
 */
final class Answers {
  private static final String JSON = "application/json";

  private final ListenerMeters meters;
  private final Tally gone;
  private final Map<Integer, Tally> counts = new HashMap<>();

  Answers(ListenerMeters meters) {
    this.meters = meters;
    this.gone = meters.requests("gone");
  }

  private void count(int status) {
    counts.computeIfAbsent(status, s -> meters.requests(String.valueOf(s))).increment();
  }

  /** All lines were looked at, and this became of them; 202 where that is not known in full. */
  void report(HttpServerRequest request, Report report) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      gone();
      return;
    }
    response.setStatusCode(report.isFinal() ? 200 : 202);
    count(response.getStatusCode());
    if ("text/plain".equals(request.getHeader("Accept"))) {
      // As Cadent says it.
      response.putHeader("Content-Type", "text/plain");
      response.end("lines processed " + report.accepted());
    } else {
      response.putHeader("Content-Type", JSON).end(report.json().toBuffer());
    }
  }

  /** There is no room for the body. */
  void busy(HttpServerRequest request, String text) {
    request.response().putHeader("Retry-After", "1");
    error(request, 503, text);
  }

  /** The body is too long; its rest is not read: who knows how long it is. */
  void tooLong(HttpServerRequest request, int longest) {
    request.response().putHeader("Connection", "close");
    error(request, 413, "a body may have " + longest + " bytes, decompressed");
  }

  void error(HttpServerRequest request, int status, String text) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      gone();
      return;
    }
    count(status);
    response.setStatusCode(status).putHeader("Content-Type", JSON);
    response.end(new JsonObject().put("error", text).toBuffer());
  }

  /** What is no request of HTTP at all: Vert.x says so. */
  void invalid(HttpServerRequest request) {
    HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
    count(request.response().getStatusCode());
  }

  /** The client went away before it was answered. */
  void gone() {
    gone.increment();
  }
}
