package io.cadenza.render;

import io.cadenza.render.target.Node;
import java.util.Map;
import java.util.Set;

/** Collects the paths in a target, so that they are fetched together. */
final class PatternReader implements Node.Reader<Void> {
  private final Set<String> patterns;
  private final Map<String, Object> variables;
  private final Map<String, String> request;

  PatternReader(Set<String> patterns, Map<String, Object> variables, Map<String, String> request) {
    this.patterns = patterns;
    this.variables = variables;
    this.request = request;
  }

  @Override
  public Void path(Node.Path path) {
    if (Variables.constant(path.text(), variables) == null) {
      patterns.add(Variables.replaced(path.text(), variables));
    }
    return null;
  }

  @Override
  public Void call(Node.Call call) {
    call.args().forEach(arg -> arg.read(this));
    call.named().values().forEach(arg -> arg.read(this));
    return null;
  }

  @Override
  public Void template(Node.Template template) {
    Map<String, Object> values = Variables.of(template, request);
    return template.body().read(new PatternReader(patterns, values, request));
  }

  @Override
  public Void constant(Node.Constant constant) {
    return null;
  }
}
