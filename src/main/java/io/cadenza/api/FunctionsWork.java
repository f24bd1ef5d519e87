package io.cadenza.api;

import io.cadenza.render.FunctionInfo;
import io.cadenza.render.FunctionInfo.Parameter;
import io.cadenza.render.Functions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Graphite's {@code /functions}: what Grafana offers to who writes a target. */
final class FunctionsWork {
  Answer list(Asked asked) throws IOException {
    Parameters parameters = asked.parameters();
    String flag = parameters.last("grouped", "");
    boolean grouped = flag.equals("1") || flag.equalsIgnoreCase("true");
    String group = parameters.last("group");
    Map<String, Object> all = new LinkedHashMap<>();
    for (FunctionInfo function : functions(parameters)) {
      if (group == null || group.equals(function.group())) {
        Map<String, Object> into = grouped ? inner(all, function.group()) : all;
        into.put(function.name(), json(function));
      }
    }
    return Answer.json(all, parameters);
  }

  Answer details(Asked asked) throws IOException {
    String name = asked.rest();
    for (FunctionInfo function : functions(asked.parameters())) {
      if (function.name().equals(name)) {
        return Answer.json(json(function), asked.parameters());
      }
    }
    throw new Refusal(404, "Function not found: " + name);
  }

  /** Those for pie charts are none of ours. */
  private static List<FunctionInfo> functions(Parameters parameters) {
    return "pie".equals(parameters.last("type")) ? List.of() : Functions.all();
  }

  @SuppressWarnings("unchecked") // Made here.
  private static Map<String, Object> inner(Map<String, Object> all, String group) {
    return (Map<String, Object>) all.computeIfAbsent(group, g -> new LinkedHashMap<>());
  }

  private static Map<String, Object> json(FunctionInfo function) {
    List<Object> params = new ArrayList<>();
    function.params().forEach(param -> params.add(json(param)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", function.name());
    json.put("function", function.function());
    json.put("description", function.description());
    json.put("module", function.module());
    json.put("group", function.group());
    json.put("params", params);
    return json;
  }

  /** What is false, null or empty is left out, as graphite does. */
  private static Map<String, Object> json(Parameter parameter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", parameter.name());
    json.put("type", parameter.type());
    if (parameter.required()) {
      json.put("required", true);
    }
    if (parameter.defaultValue() != null) {
      json.put("default", parameter.defaultValue());
    }
    if (parameter.multiple()) {
      json.put("multiple", true);
    }
    if (!parameter.options().isEmpty()) {
      json.put("options", parameter.options());
    }
    if (!parameter.suggestions().isEmpty()) {
      json.put("suggestions", parameter.suggestions());
    }
    return json;
  }
}
