package io.cadenza.render;

import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.function.Binder;
import io.cadenza.render.function.Definition;
import io.cadenza.render.function.FunctionTable;
import io.cadenza.render.function.Surroundings;
import io.cadenza.render.function.Value;
import io.cadenza.render.target.Node;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A span of time with variables of a template, in which parts of a target have a value. */
final class Scope implements Surroundings, Node.Reader<Value> {
  private final Evaluation evaluation;
  private final Span span;
  private final Map<String, Object> variables;

  /**
   * @param variables null outside of templates
   */
  Scope(Evaluation evaluation, Span span, Map<String, Object> variables) {
    this.evaluation = evaluation;
    this.span = span;
    this.variables = variables;
  }

  @Override
  public Value path(Node.Path path) {
    Object constant = Variables.constant(path.text(), variables);
    if (constant != null) {
      return Value.of(constant);
    }
    String pattern = Variables.replaced(path.text(), variables);
    return new Value.Found(withFactor(evaluation.fetched().of(pattern, span)));
  }

  @Override
  public Value call(Node.Call call) {
    if (call.name().equals(FetchedSeries.BY_TAG)) {
      return new Value.Found(withFactor(evaluation.fetched().byTag(call, span, variables)));
    }
    Definition definition = FunctionTable.get(call.name());
    if (definition == null) {
      throw RenderException.invalid(
          call.name().equals("template")
              ? "invalid template() syntax, only string/numeric arguments are allowed"
              : "Received request for unknown function: " + call.name());
    }
    List<Value> placed = new ArrayList<>();
    call.args().forEach(arg -> placed.add(arg.read(this)));
    Map<String, Value> named = new LinkedHashMap<>();
    call.named().forEach((name, arg) -> named.put(name, arg.read(this)));
    return applied(definition, placed, named, first(definition, call));
  }

  /** The part of the target that gives the first parameter, which functions evaluate again. */
  private static Node first(Definition definition, Node.Call call) {
    if (!call.args().isEmpty()) {
      return call.args().get(0);
    }
    return definition.params().isEmpty()
        ? null
        : call.named().get(definition.info().params().get(0).name());
  }

  private Value applied(
      Definition definition, List<Value> placed, Map<String, Value> named, Node first) {
    Budget budget = evaluation.budget();
    budget.function();
    Value value = Binder.apply(definition, placed, named, first, this);
    if (value instanceof Value.Found found) {
      budget.points(found.series().stream().mapToLong(series -> series.values().length).sum());
    }
    return value;
  }

  @Override
  public Value template(Node.Template template) {
    Map<String, Object> values = Variables.of(template, evaluation.request().template());
    return template.body().read(new Scope(evaluation, span, values));
  }

  @Override
  public Value constant(Node.Constant constant) {
    return Value.of(constant.value());
  }

  private List<Series> withFactor(List<Series> series) {
    series.forEach(one -> one.xFilesFactor(evaluation.xFilesFactor()));
    return series;
  }

  @Override
  public Span span() {
    return span;
  }

  @Override
  public ZoneId zone() {
    return evaluation.request().zone();
  }

  @Override
  public double xFilesFactor() {
    return evaluation.xFilesFactor();
  }

  @Override
  public void xFilesFactor(double now) {
    evaluation.xFilesFactor(now);
  }

  @Override
  public List<Series> evaluate(Node part, Span other) {
    return new ArrayList<>(evaluation.part(part, other, variables));
  }

  @Override
  public List<Series> evaluate(String target) {
    return new ArrayList<>(evaluation.target(target, span));
  }

  @Override
  public Map<String, double[]> stacks() {
    return evaluation.stacks();
  }

  @Override
  public long[] events(List<String> tags) {
    return evaluation.fetched().events(tags, span);
  }

  @Override
  public void points(long count) {
    evaluation.budget().points(count);
  }
}
