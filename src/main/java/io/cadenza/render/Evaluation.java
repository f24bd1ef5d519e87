package io.cadenza.render;

import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.function.Value;
import io.cadenza.render.target.Node;
import io.cadenza.render.target.TargetParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One request while it is worked on: what is fetched, what is used up. One thread. */
final class Evaluation {
  /** Targets that functions make of texts in targets. */
  private static final int DEEPEST = 8;

  private final RenderRequest request;
  private final Budget budget;
  private final FetchedSeries fetched;
  private final Map<String, double[]> stacks = new HashMap<>();
  private double xFilesFactor;
  private int depth;

  Evaluation(RenderRequest request, SeriesSource source) {
    this.request = request;
    this.budget = new Budget(request.limits());
    this.fetched = new FetchedSeries(source, budget);
  }

  /** All targets, one behind another. */
  List<Series> all() {
    List<Node> nodes = new ArrayList<>();
    for (String target : request.targets()) {
      if (!target.isBlank()) {
        nodes.add(TargetParser.parse(target));
      }
    }
    Span span = new Span(request.from(), request.until(), request.now());
    fetched.ahead(nodes, span, null, request.template());
    List<Series> series = new ArrayList<>();
    for (Node node : nodes) {
      xFilesFactor = request.xFilesFactor() == null ? 0 : request.xFilesFactor();
      series.addAll(series(node, new Scope(this, span, null)));
    }
    return series;
  }

  /** What a part is for another span. */
  List<Series> part(Node node, Span span, Map<String, Object> variables) {
    fetched.ahead(List.of(node), span, variables, request.template());
    return series(node, new Scope(this, span, variables));
  }

  /** What a target is that a function made. */
  List<Series> target(String target, Span span) {
    if (++depth > DEEPEST) {
      throw RenderException.invalid("Targets within targets, more than " + DEEPEST + " times");
    }
    List<Series> series = part(TargetParser.parse(target), span, null);
    depth--;
    return series;
  }

  private static List<Series> series(Node node, Scope scope) {
    Value value = node.read(scope);
    if (value instanceof Value.Groups groups) {
      return groups.lists().stream().flatMap(List::stream).toList();
    }
    if (value instanceof Value.Found found) {
      return found.series();
    }
    throw RenderException.invalid("A target is series, and not " + value.shown());
  }

  RenderRequest request() {
    return request;
  }

  Budget budget() {
    return budget;
  }

  FetchedSeries fetched() {
    return fetched;
  }

  Map<String, double[]> stacks() {
    return stacks;
  }

  double xFilesFactor() {
    return xFilesFactor;
  }

  void xFilesFactor(double now) {
    xFilesFactor = now;
  }
}
