package io.cadenza.render.function;

import io.cadenza.render.FunctionInfo;
import io.cadenza.render.Series;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A function that targets may call: how it is called, what is told of it, what it does.
 *
 * @param aggregator whether {@code groupByNode} may be told its name
 */
public record Definition(
    String name,
    String group,
    String description,
    List<Param> params,
    boolean aggregator,
    Body body) {
  private static final String MODULE = "graphite.render.functions";

  /** What a function does. Its own class or method, as there are so many. */
  interface Body {
    Value apply(Call call);
  }

  /** One that gives series. */
  interface SeriesBody {
    List<Series> apply(Call call);
  }

  static Definition of(
      String name, String group, String description, SeriesBody body, Param... params) {
    return new Definition(
        name,
        group,
        description,
        List.of(params),
        false,
        call -> new Value.Found(body.apply(call)));
  }

  Definition asAggregator() {
    return new Definition(name, group, description, params, true, body);
  }

  /** The same under another name. */
  Definition called(String other) {
    return new Definition(other, group, description, params, aggregator, body);
  }

  /** What is told of it. */
  public FunctionInfo info() {
    String signature =
        params.stream().map(Param::inSignature).collect(Collectors.joining(", ", name + "(", ")"));
    return new FunctionInfo(
        name, signature, description, MODULE, group, params.stream().map(Param::info).toList());
  }
}
