package io.cadenza.api;

import io.cadenza.api.encode.JsonList;
import io.cadenza.api.encode.Msgpack;
import io.cadenza.api.encode.Pickle;
import io.cadenza.index.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Graphite's {@code /metrics/find}, {@code /metrics/expand} and {@code /metrics/index.json}. */
final class FindWork {
  private static final String PICKLE = "application/pickle";
  private static final String MSGPACK = "application/x-msgpack";

  private final Finder finder;
  private final Library library;

  FindWork(Library library, Finder finder) {
    this.library = library;
    this.finder = finder;
  }

  Answer find(Asked asked) throws IOException {
    Parameters parameters = asked.parameters();
    String format = parameters.last("format", "treejson");
    boolean leavesOnly = parameters.flag("leavesOnly");
    boolean wildcards = parameters.flag("wildcards");
    int position = parameters.number("position", -1);
    boolean variants = parameters.flag("automatic_variants");
    checkTimes(asked);
    String query = query(parameters);
    List<Node> nodes = finder.find(format.equals("completer") ? completed(query, variants) : query);
    if (leavesOnly) {
      nodes = nodes.stream().filter(Node::leaf).map(FindWork::leaf).toList();
    }
    return switch (format) {
      case "treejson" -> json(Nodes.tree(nodes, prefix(query), wildcards), asked);
      case "completer" -> json(Nodes.completer(nodes, wildcards), asked);
      case "nodelist" -> json(Nodes.list(nodes, position), asked);
      case "json" -> json(Nodes.plain(nodes, interval(asked.now())), asked);
      case "pickle" -> Answer.of(PICKLE, Pickle.body(Nodes.plain(nodes, pair(asked.now()))));
      case "msgpack" -> Answer.of(MSGPACK, Msgpack.body(Nodes.plain(nodes, pair(asked.now()))));
      default -> throw new Refusal(400, "Invalid value for 'format' parameter");
    };
  }

  private static Node leaf(Node node) {
    return new Node(node.path(), node.name(), true, false);
  }

  private static Answer json(Object value, Asked asked) throws IOException {
    return Answer.json(value, asked.parameters());
  }

  /** They choose nothing, since names are kept without times; but they may be no nonsense. */
  private static void checkTimes(Asked asked) {
    Parameters parameters = asked.parameters();
    long now = parameters.now(asked.now());
    for (String name : List.of("from", "until")) {
      if (!"-1".equals(parameters.last(name))) {
        parameters.time(name, now, now);
      }
    }
  }

  static String query(Parameters parameters) {
    String query = parameters.last("query");
    if (query == null) {
      throw Refusal.invalid("Missing required parameter 'query'");
    }
    if (query.isEmpty()) {
      throw Refusal.invalid("Required parameter 'query' is empty");
    }
    return query;
  }

  private static String prefix(String query) {
    return query.substring(0, query.lastIndexOf('.') + 1);
  }

  /** What somebody has typed so far becomes a pattern. */
  private static String completed(String query, boolean variants) {
    String pattern = query.replace("..", "*.");
    pattern = pattern.endsWith("*") ? pattern : pattern + "*";
    if (!variants) {
      return pattern;
    }
    List<String> parts = new ArrayList<>();
    for (String part : pattern.split("\\.", -1)) {
      parts.add(part.contains(",") && !part.contains("{") ? "{" + part + "}" : part);
    }
    return String.join(".", parts);
  }

  private long reach() {
    Duration longest =
        library.holdings().stream()
            .map(Holding::reach)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return longest.toSeconds();
  }

  private Map<String, Object> interval(long now) {
    Map<String, Object> interval = new LinkedHashMap<>();
    interval.put("start", now - reach());
    interval.put("end", now);
    return interval;
  }

  private List<Long> pair(long now) {
    return List.of(now - reach(), now);
  }

  Answer expand(Asked asked) throws IOException {
    Parameters parameters = asked.parameters();
    boolean leavesOnly = parameters.flag("leavesOnly");
    Map<String, List<String>> found = new LinkedHashMap<>();
    int room = asked.allowance().limits().maxNodes();
    for (String query : new LinkedHashSet<>(parameters.all("query"))) {
      asked.allowance().check();
      List<String> paths = finder.expand(query, leavesOnly);
      room -= paths.size();
      if (room < 0) {
        throw new Refusal(422, "The queries find too much together (api.max-nodes)");
      }
      found.put(query, paths);
    }
    if (parameters.flag("groupByExpr")) {
      return json(Map.of("results", found), asked);
    }
    List<String> together =
        found.size() == 1
            ? found.values().iterator().next()
            : found.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(Finder.ORDER)
                .toList();
    return json(Map.of("results", together), asked);
  }

  Answer index(Asked asked) throws IOException {
    Parameters parameters = asked.parameters();
    String callback = parameters.callback();
    return Answer.of(
        Answer.jsonType(callback), new JsonList(finder.names(), callback, parameters.pretty()));
  }
}
