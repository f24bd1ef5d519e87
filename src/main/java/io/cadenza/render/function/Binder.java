package io.cadenza.render.function;

import io.cadenza.render.RenderException;
import io.cadenza.render.target.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits what a call gives to what its function takes: by place, the last parameter as often as it
 * may be, and by name for those without a place. The words of mistakes are graphite's.
 */
public final class Binder {
  private final Definition definition;
  private final Map<String, List<Value>> values = new LinkedHashMap<>();

  private Binder(Definition definition) {
    this.definition = definition;
  }

  /**
   * Carries out a call.
   *
   * @param first the part of the target that the first value comes from; null when there is none
   * @throws RenderException when something is missing, too much, or of another type
   */
  public static Value apply(
      Definition definition,
      List<Value> placed,
      Map<String, Value> named,
      Node first,
      Surroundings surroundings) {
    Binder binder = new Binder(definition);
    binder.place(placed, named.size());
    binder.name(named, placed.size());
    return definition.body().apply(new Call(definition, binder.values, first, surroundings));
  }

  private void place(List<Value> placed, int named) {
    List<Param> params = definition.params();
    boolean tooMany = placed.size() + named > params.size();
    if (tooMany && (params.isEmpty() || !params.get(params.size() - 1).multiple())) {
      throw RenderException.invalid(
          "Too many parameters specified for function \"" + definition.name() + '"');
    }
    for (int i = 0; i < placed.size(); i++) {
      put(params.get(Math.min(i, params.size() - 1)), placed.get(i));
    }
  }

  private void name(Map<String, Value> named, int placed) {
    List<Param> params = definition.params();
    List<String> unexpected = new ArrayList<>(named.keySet());
    for (Param param : params.subList(Math.min(placed, params.size()), params.size())) {
      Value value = named.get(param.name());
      unexpected.remove(param.name());
      if (value != null && !(value instanceof Value.None)) {
        put(param, value);
      } else if (param.required()) {
        throw RenderException.invalid(
            "Missing required parameter \""
                + param.name()
                + "\" for function \""
                + definition.name()
                + '"');
      }
    }
    if (!unexpected.isEmpty()) {
      throw RenderException.invalid(
          "Unexpected key word arguments: " + String.join(", ", unexpected));
    }
  }

  private void put(Param param, Value value) {
    List<Value> all = values.computeIfAbsent(param.name(), name -> new ArrayList<>());
    if (value instanceof Value.None && !param.required() && !param.multiple()) {
      all.add(value);
      return;
    }
    Value taken = isOption(param, value) ? param.type().taken(value) : null;
    if (taken == null) {
      throw refused(param, value);
    }
    all.add(taken);
  }

  private static boolean isOption(Param param, Value value) {
    return param.options().isEmpty()
        || param.options().stream().anyMatch(option -> Value.of(option).equals(value));
  }

  private RenderException refused(Param param, Value value) {
    String what =
        param.options().isEmpty()
            ? "Invalid \"" + param.type().word() + "\" value specified"
            : "Invalid option specified";
    return RenderException.invalid(
        "%s for function \"%s\" parameter \"%s\": %s"
            .formatted(what, definition.name(), param.name(), value.shown()));
  }
}
