package io.cadenza.api;

import io.cadenza.api.page.Page;
import io.cadenza.meter.ApiMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Answers what is stored over HTTP, as graphite-web and Cadent do. One instance. On its event loop
 * it only lets requests in and passes on answers; a few workers of its own find, fetch, compute and
 * encode.
 */
public final class ApiVerticle extends VerticleBase {
  /** Grafana and graphite-web ask for many targets in one address. */
  private static final int LONGEST_LINE = 64 * 1024;

  private static final String BEARER = "Bearer realm=\"Cadenza\"";
  private static final String BASIC = "Basic realm=\"Cadenza\", charset=\"UTF-8\"";

  /** How long answers that are under way may take when all is stopped. */
  private static final long LEAVE_SECONDS = 1;

  /** For what leads nowhere. */
  private static final Endpoint OTHER =
      Endpoint.read("other", Endpoint.Tone.TEXT, asked -> Answer.text(404, ""));

  private final ApiConfig config;
  private final Library library;
  private final ApiMeters meters;
  private final InstantSource wall;
  private Desk desk;
  private Gate gate;
  private Paths paths;
  private Router router;
  private HttpServer server;

  /**
   * @param config with an address to listen on
   * @param library the stores that are read
   * @param meters given their bounds here
   * @param wall the time of day: what {@code now} is
   */
  public ApiVerticle(ApiConfig config, Library library, ApiMeters meters, InstantSource wall) {
    this.config = config;
    this.library = library;
    this.meters = meters;
    this.wall = wall;
  }

  @Override
  public Future<?> start() {
    desk = new Desk(vertx, deploymentID(), config, meters, wall);
    gate = new Gate(config.token(), config.cors());
    paths = new Endpoints(library, config.limits(), desk.steady).paths(config.basePath());
    meters.here(
        desk::inside,
        config.limits().maxRequests(),
        desk.memory()::taken,
        desk.memory().most(),
        config.maxConnections());
    server = vertx.createHttpServer(options()).requestHandler(this::asked);
    router = router();
    server.connectionHandler(this::opened);
    return server.listen(config.listen().orElseThrow().port(), config.listen().get().host());
  }

  private HttpServerOptions options() {
    // A process that takes our place listens before we leave.
    HttpServerOptions options = new HttpServerOptions().setReusePort(true);
    options.setHttp2ClearTextEnabled(false).setUseAlpn(false);
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setIdleTimeout((int) config.idleTimeout().toMillis());
    options.setMaxInitialLineLength(LONGEST_LINE).setHandle100ContinueAutomatically(true);
    options.setClientAuth(config.tls().clientAuth());
    config.tls().apply(options);
    return options;
  }

  private void opened(HttpConnection connection) {
    boolean room = meters.opened() <= config.maxConnections();
    connection.closeHandler(closed -> meters.closed());
    if (!room) {
      meters.connectionsRefused.increment();
      connection.close();
    }
  }

  /** What is no path is for no router: Vert.x would call it a mistake of ours. */
  private void asked(HttpServerRequest request) {
    if (Paths.isPath(request.path())) {
      router.handle(request);
    } else {
      request.response().setStatusCode(400).end("That is no path\n");
    }
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(new Cors(config.cors())::handle);
    router.get(config.basePath() + "ping").handler(request -> request.end("ok\n"));
    Page.mount(router, config.basePath());
    router.route().handler(this::authorise);
    router.route().handler(this::admit);
    router.route().handler(this::unknown);
    router.route().failureHandler(this::failed);
    return router;
  }

  private void authorise(RoutingContext request) {
    if (gate.opens(request.request())) {
      request.next();
    } else {
      // The page asks for a token itself, where a browser would open a window of its own.
      boolean page = Page.isAskedByScript(request.request());
      request.response().putHeader("WWW-Authenticate", page ? BEARER : BASIC);
      String text = "A token is needed (api.token), as bearer token or as password";
      Visit.refuse(desk, request, OTHER, new Refusal(401, text));
    }
  }

  private void admit(RoutingContext request) {
    Paths.Found found = paths.find(request.normalizedPath());
    if (found == null) {
      request.next();
      return;
    }
    Endpoint endpoint = found.endpoint();
    HttpMethod method = request.request().method();
    if (method == HttpMethod.OPTIONS) {
      request.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, allowed(endpoint)).end();
    } else if (!endpoint.methods().contains(method)) {
      request.response().putHeader(HttpHeaders.ALLOW, allowed(endpoint));
      Visit.refuse(desk, request, endpoint, new Refusal(405, "Not by " + method));
    } else if (endpoint.changes() && gate.isForeign(request.request())) {
      String text = "This changes something, so only pages of api.cors may ask for it";
      Visit.refuse(desk, request, endpoint, new Refusal(403, text));
    } else {
      desk.admit(request, endpoint, found.rest());
    }
  }

  private static String allowed(Endpoint endpoint) {
    return endpoint.methods().stream()
            .map(HttpMethod::name)
            .sorted()
            .reduce((a, b) -> a + ", " + b)
            .orElse("")
        + ", OPTIONS";
  }

  /** A mistake of ours, in front of the endpoints. */
  private void failed(RoutingContext request) {
    if (!request.response().headWritten()) {
      Visit.refuse(desk, request, OTHER, request.failure());
    }
  }

  private void unknown(RoutingContext request) {
    String hint = "There is nothing here; there is\n" + String.join("\n", paths.all()) + "\n";
    Visit.refuse(desk, request, OTHER, new Refusal(404, hint));
  }

  /** The port that it listens on; once it has started. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> stop() {
    return server.shutdown(LEAVE_SECONDS, TimeUnit.SECONDS).eventually(desk.workers::close);
  }
}
