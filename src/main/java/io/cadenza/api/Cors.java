package io.cadenza.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Tells browsers which other sites' pages may read answers. That of Vert.x refuses all others, also
 * our own page's, and writes a stack trace for each into the log.
 */
final class Cors {
  private static final String METHODS = "GET, HEAD, POST";
  private static final String HEADERS =
      "Authorization, Content-Type, Accept, X-Dashboard-Id, X-Panel-Id, X-Grafana-Org-Id";
  private static final String HOUR = "3600";

  private final List<String> origins;

  /**
   * @param origins of pages that may; {@code *} for all
   */
  Cors(List<String> origins) {
    this.origins = List.copyOf(origins);
  }

  void handle(RoutingContext request) {
    HttpServerRequest http = request.request();
    HttpServerResponse response = request.response();
    String origin = http.getHeader(HttpHeaders.ORIGIN);
    if (origin == null || !origins.contains("*") && !origins.contains(origin)) {
      request.next();
      return;
    }
    response.headers().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    boolean asksBefore = http.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    if (http.method() == HttpMethod.OPTIONS && asksBefore) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
      response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, HOUR);
      response.setStatusCode(204).end();
    } else {
      request.next();
    }
  }
}
