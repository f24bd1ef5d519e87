package io.cadenza.render.function;

import io.cadenza.render.RenderException;
import io.cadenza.render.Series;
import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.target.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One call of a function: its parameters by name, and the request around it. */
public final class Call {
  /** Whole numbers of functions are counts and indices; more is a mistake. */
  private static final long MOST = Integer.MAX_VALUE / 2;

  private final Definition definition;
  private final Map<String, List<Value>> values;
  private final Node first;
  private final Surroundings surroundings;

  /**
   * @param values those that are given, checked, by parameter; only the last one may have several
   * @param first the part of the target that the first one is; null when there is none
   */
  Call(
      Definition definition,
      Map<String, List<Value>> values,
      Node first,
      Surroundings surroundings) {
    this.definition = definition;
    this.values = values;
    this.first = first;
    this.surroundings = surroundings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Span span() {
    return surroundings.span();
  }

  /** All values of a parameter that may be given many times. */
  List<Value> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** What was given, or the default, or null. */
  Value value(String name) {
    List<Value> given = all(name);
    if (!given.isEmpty() && !(given.get(0) instanceof Value.None)) {
      return given.get(0);
    }
    Object fallback = param(name).fallback();
    return fallback == null ? null : Value.of(fallback);
  }

  boolean has(String name) {
    return value(name) != null;
  }

  /** The list that functions begin with. */
  List<Series> series() {
    return series(definition.params().get(0).name());
  }

  /** A list of its own, which may be sorted or changed. */
  List<Series> series(String name) {
    List<Series> all = new ArrayList<>();
    for (Value each : all(name)) {
      if (each instanceof Value.Found found) {
        all.addAll(found.series());
      }
    }
    return all;
  }

  List<List<Series>> groups(String name) {
    return ((Value.Groups) value(name)).lists();
  }

  double number(String name) {
    return value(name).number();
  }

  /** A number that need not be given. */
  double number(String name, double otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  int whole(String name) {
    long number = (long) value(name).number();
    if (Math.abs(number) > MOST) {
      throw invalid("\"" + name + "\" is too large: " + number);
    }
    return (int) number;
  }

  String text(String name) {
    return has(name) ? value(name).text() : null;
  }

  boolean flag(String name) {
    return value(name) instanceof Value.Flag flag && flag.on();
  }

  Aggregation aggregation(String name) {
    return Aggregation.named(text(name));
  }

  List<String> texts(String name) {
    return all(name).stream().map(Value::text).toList();
  }

  /** What the first parameter is for another span. */
  List<Series> again(Span span) {
    if (first == null) {
      throw invalid("needs an expression that can be evaluated for another time");
    }
    return surroundings.evaluate(first, span);
  }

  /** Asks whether so many values may be computed. */
  void points(long count) {
    surroundings.points(count);
  }

  /** A new series of which the request says what it does not. */
  Series made(String name, long start, int step, double[] values) {
    Series made = new Series(name, name, Names.tags(name), start, step, values);
    return made.xFilesFactor(surroundings.xFilesFactor());
  }

  RenderException invalid(String what) {
    return RenderException.invalid(definition.name() + ": " + what);
  }

  private Param param(String name) {
    for (Param param : definition.params()) {
      if (param.name().equals(name)) {
        return param;
      }
    }
    throw new IllegalArgumentException(definition.name() + " has no parameter " + name);
  }
}
