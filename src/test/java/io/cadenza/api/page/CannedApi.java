package io.cadenza.api.page;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The page on a server, with answers of the shapes that the API has: names are given, values are
 * waves. Functions and tags are a few.
 */
final class CannedApi implements AutoCloseable {
  private static final int STEP = 60;
  private static final long AN_HOUR = 3600;

  private final Vertx vertx = Vertx.vertx();
  private final String base;
  private final HttpServer server;

  /** Whole names that are stored; may change. */
  final List<String> names = new CopyOnWriteArrayList<>();

  /** The last query strings of /render. */
  final List<String> renders = new CopyOnWriteArrayList<>();

  volatile String token;

  CannedApi(String base) {
    this.base = base;
    Router router = Router.router(vertx);
    Page.mount(router, base);
    router.route().handler(BodyHandler.create(false));
    router.route().handler(this::authorise);
    router.route(base + "metrics/find").handler(this::find);
    router.route(base + "render").handler(this::render);
    router.route(base + "functions").handler(request -> request.json(functions()));
    router.route(base + "tags/autoComplete/tags").handler(this::tags);
    router.route(base + "tags/autoComplete/values").handler(CannedApi::values);
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + base;
  }

  private void authorise(RoutingContext request) {
    String given = request.request().getHeader("Authorization");
    if (token == null || ("Bearer " + token).equals(given)) {
      request.next();
    } else {
      String challenge = Page.isAskedByScript(request.request()) ? "Bearer" : "Basic";
      request.response().setStatusCode(401).putHeader("WWW-Authenticate", challenge).end();
    }
  }

  private void find(RoutingContext request) {
    String query = request.request().getParam("query");
    boolean completer = "completer".equals(request.request().getParam("format"));
    TreeMap<String, Boolean> found = nodes(completer ? query + "*" : query);
    JsonArray all = new JsonArray();
    found.forEach((path, leaf) -> all.add(completer ? completion(path, leaf) : node(path, leaf)));
    request.json(completer ? new JsonObject().put("metrics", all) : all);
  }

  private static JsonObject completion(String path, boolean leaf) {
    return new JsonObject()
        .put("path", leaf ? path : path + ".")
        .put("name", lastOf(path))
        .put("is_leaf", leaf ? "1" : "0");
  }

  private static JsonObject node(String path, boolean leaf) {
    int opens = leaf ? 0 : 1;
    return new JsonObject()
        .put("text", lastOf(path))
        .put("id", path)
        .put("allowChildren", opens)
        .put("expandable", opens)
        .put("leaf", leaf ? 1 : 0);
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Of the depth of a pattern, whether each is a leaf. */
  private TreeMap<String, Boolean> nodes(String pattern) {
    String[] wanted = pattern.split("\\.", -1);
    TreeMap<String, Boolean> found = new TreeMap<>();
    for (String name : names) {
      String[] parts = name.split("\\.");
      if (parts.length >= wanted.length && fits(parts, wanted)) {
        String path = String.join(".", List.of(parts).subList(0, wanted.length));
        found.merge(path, parts.length == wanted.length, Boolean::logicalOr);
      }
    }
    return found;
  }

  private static boolean fits(String[] parts, String[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      int star = wanted[i].indexOf('*');
      boolean fits =
          star < 0 ? parts[i].equals(wanted[i]) : parts[i].startsWith(wanted[i].substring(0, star));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private void render(RoutingContext request) {
    List<String> targets = new ArrayList<>(request.request().params().getAll("target"));
    targets.addAll(request.request().formAttributes().getAll("target"));
    renders.add(String.valueOf(request.request().query()));
    JsonArray series = new JsonArray();
    for (String target : targets) {
      if (target.endsWith("(")) {
        String text = "Invalid parameters (target: at 1: '" + target + "' is not closed)";
        request.response().setStatusCode(400).end(text);
        return;
      }
      expanded(target).forEach(name -> series.add(wave(name, series.size())));
    }
    request.json(series);
  }

  private List<String> expanded(String target) {
    boolean computed = target.contains("(");
    return computed
        ? List.of(target)
        : names.stream().filter(name -> covers(target, name)).toList();
  }

  private static boolean covers(String target, String name) {
    String[] wanted = target.split("\\.");
    String[] parts = name.split("\\.");
    return wanted.length == parts.length && fits(parts, wanted);
  }

  private static JsonObject wave(String name, int index) {
    long until = Instant.now().getEpochSecond() / STEP * STEP;
    JsonArray points = new JsonArray();
    for (long at = until - AN_HOUR; at <= until; at += STEP) {
      boolean gap = index == 1 && at > until - 2000 && at < until - 1500;
      double value = 1000 * (index + 1) + 300 * Math.sin((until - at) / 400.0 + index);
      points.add(new JsonArray().add(gap ? null : value).add(at));
    }
    return new JsonObject()
        .put("target", name)
        .put("tags", new JsonObject().put("name", name))
        .put("datapoints", points);
  }

  private static JsonObject functions() {
    JsonObject list = parameter("seriesList", "seriesList").put("required", true);
    JsonObject window = parameter("windowSize", "intOrInterval").put("required", true);
    window.put("suggestions", new JsonArray().add(5).add("1min"));
    JsonObject factor = parameter("factor", "float").put("required", true);
    JsonObject all = new JsonObject();
    add(all, "sumSeries", "Combine", "Adds series.", parameter("seriesLists", "seriesList"));
    add(all, "averageSeries", "Combine", "The mean of series.", list);
    add(all, "movingAverage", "Calculate", "The mean of the last values.", list, window);
    add(all, "scale", "Transform", "Multiplies by a factor.", list, factor);
    add(all, "perSecond", "Transform", "The rate of a counter.", list);
    add(all, "seriesByTag", "Special", "Series with these tags.");
    return all;
  }

  private static JsonObject parameter(String name, String type) {
    return new JsonObject().put("name", name).put("type", type);
  }

  private static void add(
      JsonObject all, String name, String group, String description, JsonObject... parameters) {
    JsonArray params = new JsonArray();
    List<String> words = new ArrayList<>();
    for (JsonObject parameter : parameters) {
      params.add(parameter);
      words.add(parameter.getString("name"));
    }
    all.put(
        name,
        new JsonObject()
            .put("name", name)
            .put("function", name + "(" + String.join(", ", words) + ")")
            .put("group", group)
            .put("description", description)
            .put("params", params));
  }

  private void tags(RoutingContext request) {
    String prefix = request.request().getParam("tagPrefix");
    boolean empty = names.isEmpty();
    request.json(empty ? new JsonArray() : only(prefix, "datacenter", "host", "name"));
  }

  private static void values(RoutingContext request) {
    String prefix = request.request().getParam("valuePrefix");
    boolean centres = "datacenter".equals(request.request().getParam("tag"));
    request.json(centres ? only(prefix, "dc1", "dc2") : only(prefix, "web01", "web02"));
  }

  private static JsonArray only(String prefix, String... all) {
    return new JsonArray(List.of(all).stream().filter(one -> one.startsWith(prefix)).toList());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
