package io.cadenza.render;

import io.cadenza.render.target.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of {@code $name} in the paths of a template. */
final class Variables {
  private Variables() {}

  /** Those of a template, with what the request has instead. */
  static Map<String, Object> of(Node.Template template, Map<String, String> request) {
    Map<String, Object> values = new LinkedHashMap<>();
    template.values().forEach((name, constant) -> values.put(name, constant.value()));
    values.putAll(request);
    return values;
  }

  /** What a path means that is nothing but a variable: a text or a number; null for other paths. */
  static Object constant(String path, Map<String, Object> variables) {
    if (variables == null || !path.startsWith("$")) {
      return null;
    }
    Object value = variables.get(path.substring(1));
    return value instanceof String text && isNumber(text) ? number(text) : value;
  }

  private static boolean isNumber(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
  }

  private static Object number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** A path with the values of variables in it. */
  static String replaced(String path, Map<String, Object> variables) {
    if (variables == null || path.indexOf('$') < 0) {
      return path;
    }
    String replaced = path;
    for (Map.Entry<String, Object> variable : variables.entrySet()) {
      replaced = replaced.replace("$" + variable.getKey(), text(variable.getValue()));
    }
    return replaced;
  }

  private static String text(Object value) {
    return value instanceof Double number ? PythonFloat.text(number) : String.valueOf(value);
  }
}
