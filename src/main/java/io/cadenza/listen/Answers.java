package io.cadenza.listen;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** What a client over HTTP is told; nothing, where it has gone meanwhile. */
final class Answers {
  private static final String JSON = "application/json";

  private Answers() {}

  /** All lines were looked at, and this became of them. */
  static void report(HttpServerRequest request, Report report) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    if ("text/plain".equals(request.getHeader("Accept"))) {
      // As Cadent says it.
      response.putHeader("Content-Type", "text/plain");
      response.end("lines processed " + report.accepted());
    } else {
      response.putHeader("Content-Type", JSON).end(report.json().toBuffer());
    }
  }

  /** There is no room for the body. */
  static void busy(HttpServerRequest request) {
    request.response().putHeader("Retry-After", "1");
    error(request, 503, "too many bodies are waiting; try again");
  }

  /** The body is too long; its rest is not read: who knows how long it is. */
  static void tooLong(HttpServerRequest request, int longest) {
    request.response().putHeader("Connection", "close");
    error(request, 413, "a body may have " + longest + " bytes, decompressed");
  }

  static void error(HttpServerRequest request, int status, String text) {
    HttpServerResponse response = request.response();
    if (!response.closed()) {
      response.setStatusCode(status).putHeader("Content-Type", JSON);
      response.end(new JsonObject().put("error", text).toBuffer());
    }
  }
}
