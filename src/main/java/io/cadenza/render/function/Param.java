package io.cadenza.render.function;

import io.cadenza.render.FunctionInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * A parameter of a function.
 *
 * @param fallback what it is when it isn't given; null for nothing
 * @param options what it may be, if only that
 */
record Param(
    String name,
    ParamType type,
    boolean required,
    Object fallback,
    boolean multiple,
    List<Object> options,
    List<Object> suggestions) {
  /** One that has to be given. */
  static Param needs(ParamType type, String name) {
    return new Param(name, type, true, null, false, List.of(), List.of());
  }

  /** One that need not be given, and then is nothing. */
  static Param may(ParamType type, String name) {
    return new Param(name, type, false, null, false, List.of(), List.of());
  }

  /** One that need not be given. */
  static Param may(ParamType type, String name, Object fallback) {
    return new Param(name, type, false, fallback, false, List.of(), List.of());
  }

  /** The list that nearly every function begins with. */
  static Param seriesList() {
    return needs(ParamType.SERIES_LIST, "seriesList");
  }

  /** As many lists as there are. */
  static Param seriesLists() {
    return needs(ParamType.SERIES_LIST, "seriesLists").manyTimes();
  }

  /** The last one: given any number of times. */
  Param manyTimes() {
    return new Param(name, type, required, fallback, true, options, suggestions);
  }

  Param oneOf(Object... values) {
    return new Param(name, type, required, fallback, multiple, List.of(values), suggestions);
  }

  Param suggesting(Object... values) {
    return new Param(name, type, required, fallback, multiple, options, List.of(values));
  }

  FunctionInfo.Parameter info() {
    List<Object> all = new ArrayList<>(options);
    if (type == ParamType.AGG_FUNC || type == ParamType.AGG_OR_SERIES_FUNC) {
      all.addAll(Aggregation.names());
    }
    if (type == ParamType.AGG_OR_SERIES_FUNC) {
      all.addAll(Aggregators.names());
    }
    List<Object> sorted = all.stream().distinct().sorted(Param::byText).toList();
    return new FunctionInfo.Parameter(
        name, type.word(), required, fallback, multiple, sorted, suggestions);
  }

  private static int byText(Object left, Object right) {
    return left.toString().compareTo(right.toString());
  }

  /** As in graphite's text of how it is called. */
  String inSignature() {
    if (multiple) {
      return "*" + name;
    }
    return required ? name : name + "=" + (fallback == null ? "None" : Value.of(fallback).shown());
  }
}
