package io.cadenza.api.page;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Serves the page. It is files only and holds no secret, so it is mounted before whatever asks for
 * a token; the page asks its reader for one when the API answers 401.
 *
 * <p>The page asks for {@code metrics/find}, {@code render}, {@code functions} and {@code
 * tags/autoComplete} beside it, by relative URLs: it works below any path and behind any proxy.
 */
public final class Page {
  private static final List<String> FILES =
      List.of(
          "page.css",
          "page.js",
          "api.js",
          "chart.js",
          "complete.js",
          "dom.js",
          "format.js",
          "functions.js",
          "legend.js",
          "range.js",
          "share.js",
          "state.js",
          "suggest.js",
          "targets.js",
          "token.js",
          "tree.js",
          "icon.svg");

  /** The version is that of the artifact in pom.xml; index.html names these too. */
  private static final String UPLOT = "uplot/1.6.30/dist/";

  private static final List<String> LIBRARY = List.of("uPlot.iife.min.js", "uPlot.min.css");

  /** Nothing but our own files runs or is loaded, whatever a metric is called. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Put into each request by api.js. */
  private static final String ASKED_BY = "X-Requested-With";

  private static final String SCRIPT = "XMLHttpRequest";

  private Page() {}

  /**
   * Whether a request was made by a script of a page, as ours is. One that lacks the token must not
   * be answered with {@code Basic} in {@code WWW-Authenticate}, or the browser asks for a password
   * before the page can ask for the token; {@code Bearer} it leaves alone.
   */
  public static boolean isAskedByScript(HttpServerRequest request) {
    return SCRIPT.equals(request.getHeader(ASKED_BY));
  }

  /**
   * Adds the routes of the page. Reads its files, once: call it when a server starts.
   *
   * @param basePath of the API, as {@code /} or {@code /graphite}; the page is at its root, its
   *     files below {@code page/}
   */
  public static void mount(Router router, String basePath) {
    String base = basePath.endsWith("/") ? basePath : basePath + "/";
    Asset index = Asset.of("index.html");
    // Matches with and without the slash at the end.
    String root = base.equals("/") ? base : base.substring(0, base.length() - 1);
    add(router, root, request -> root(request, base, index));
    for (String name : FILES) {
      add(router, base + "page/" + name, Asset.of(name));
    }
    for (String name : LIBRARY) {
      add(router, base + "page/" + UPLOT + name, Asset.ofLibrary(UPLOT + name));
    }
  }

  private static void add(Router router, String path, Asset asset) {
    add(router, path, request -> answer(request, asset));
  }

  private static void add(Router router, String path, Handler<RoutingContext> handler) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
  }

  private static void root(RoutingContext request, String base, Asset index) {
    if (request.request().path().endsWith("/")) {
      answer(request, index);
      return;
    }
    // Its files are named relative to a folder. A proxy may have put more in front of our path.
    String folder = base.substring(base.lastIndexOf('/', base.length() - 2) + 1);
    request.response().setStatusCode(301).putHeader(HttpHeaders.LOCATION, folder).end();
  }

  private static void answer(RoutingContext request, Asset asset) {
    HttpServerResponse response =
        request
            .response()
            .putHeader(HttpHeaders.ETAG, asset.tag())
            .putHeader(HttpHeaders.CACHE_CONTROL, asset.cache())
            .putHeader("Content-Security-Policy", POLICY)
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("X-Content-Type-Options", "nosniff");
    if (asset.isKnown(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, asset.type());
    if (request.request().method() == HttpMethod.HEAD) {
      response
          .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(asset.bytes().length()))
          .end();
    } else {
      response.end(asset.bytes());
    }
  }
}
