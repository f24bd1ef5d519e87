package io.cadenza.render;

import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.target.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Series of a request from its source, each pattern and span asked for once: first all patterns of
 * all targets together. Who asks gets series of their own, with values that are shared.
 */
final class FetchedSeries {
  /** The call that isn't a function, but names series. */
  static final String BY_TAG = "seriesByTag";

  /** As long as a store may have to answer to. */
  private static final int MOST_PATTERNS = 10_000;

  private final SeriesSource source;
  private final Budget budget;
  private final Map<Span, Map<String, List<Series>>> kept = new HashMap<>();

  FetchedSeries(SeriesSource source, Budget budget) {
    this.source = source;
    this.budget = budget;
  }

  /**
   * Fetches together what these parts of targets need of a span.
   *
   * @param variables of the template that the parts are in; null outside
   * @param request what the request has for templates in them
   */
  void ahead(
      List<Node> nodes, Span span, Map<String, Object> variables, Map<String, String> request) {
    Set<String> patterns = new LinkedHashSet<>();
    nodes.forEach(node -> node.read(new PatternReader(patterns, variables, request)));
    patterns.removeAll(of(span).keySet());
    if (patterns.size() > MOST_PATTERNS) {
      throw new RenderException(
          RenderException.Kind.LIMIT, "More than " + MOST_PATTERNS + " paths in one request");
    }
    if (!patterns.isEmpty()) {
      fetch(List.copyOf(patterns), span);
    }
  }

  /** The series that a pattern names. */
  List<Series> of(String pattern, Span span) {
    if (!of(span).containsKey(pattern)) {
      fetch(List.of(pattern), span);
    }
    return copies(of(span).get(pattern));
  }

  /** The series that a call of {@code seriesByTag} names. */
  List<Series> byTag(Node.Call call, Span span, Map<String, Object> variables) {
    List<String> expressions = new ArrayList<>();
    for (Node arg : call.args()) {
      if (!(arg instanceof Node.Constant constant) || !(constant.value() instanceof String text)) {
        throw RenderException.invalid("seriesByTag takes texts such as 'name=value'");
      }
      expressions.add(Variables.replaced(text, variables));
    }
    if (expressions.isEmpty() || !call.named().isEmpty()) {
      throw RenderException.invalid("seriesByTag takes texts such as 'name=value'");
    }
    String key = Variables.replaced(call.raw(), variables);
    if (!of(span).containsKey(key)) {
      budget.time();
      List<Series> series = isEmpty(span) ? List.of() : source.fetchByTag(expressions, span);
      keep(key, series, span);
    }
    return copies(of(span).get(key));
  }

  long[] events(List<String> tags, Span span) {
    budget.time();
    return source.events(tags, span);
  }

  private void fetch(List<String> patterns, Span span) {
    budget.time();
    List<List<Series>> series = isEmpty(span) ? nothing(patterns) : source.fetch(patterns, span);
    for (int i = 0; i < patterns.size(); i++) {
      keep(patterns.get(i), series.get(i), span);
    }
  }

  /** Functions may move it to before all times, or turn it around. */
  private static boolean isEmpty(Span span) {
    return span.until() <= Math.max(span.from(), 0);
  }

  private static List<List<Series>> nothing(List<String> patterns) {
    return patterns.stream().map(pattern -> List.<Series>of()).toList();
  }

  private void keep(String pattern, List<Series> series, Span span) {
    budget.fetched(series.size());
    budget.points(series.stream().mapToLong(one -> one.values().length).sum());
    series.forEach(one -> one.pathExpression(pattern));
    of(span).put(pattern, series);
  }

  private Map<String, List<Series>> of(Span span) {
    return kept.computeIfAbsent(span, key -> new HashMap<>());
  }

  private static List<Series> copies(List<Series> series) {
    List<Series> copies = new ArrayList<>(series.size());
    for (Series one : series) {
      Series copy = one.with(one.start(), one.step(), one.values()).end(one.end());
      copy.tags().putIfAbsent("name", one.name());
      copies.add(copy);
    }
    return copies;
  }
}
