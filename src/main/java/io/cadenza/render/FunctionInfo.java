package io.cadenza.render;

import java.util.List;

/**
 * What a person or Grafana is told of a function: graphite's {@code /functions}, key by key.
 *
 * @param name as targets call it
 * @param function how it is called: {@code scale(seriesList, factor)}
 * @param description what it does
 * @param module where graphite has it
 * @param group under which heading it is listed
 * @param params in the order in which they are given
 */
public record FunctionInfo(
    String name,
    String function,
    String description,
    String module,
    String group,
    List<Parameter> params) {
  public FunctionInfo {
    params = List.copyOf(params);
  }

  /**
   * One parameter. What is false, null or empty is left out of the answer, as graphite does.
   *
   * @param name for {@code name=value}
   * @param type graphite's word for it, such as {@code seriesList} or {@code intOrInterval}
   * @param required whether it has to be given
   * @param defaultValue a String, Long, Double (which may be infinite: graphite writes 1e9999),
   *     Boolean, or null for none; {@code default} in the answer
   * @param multiple whether the last one may be given any number of times
   * @param options what it may be, if only that
   * @param suggestions what it often is, Strings and Longs
   */
  public record Parameter(
      String name,
      String type,
      boolean required,
      Object defaultValue,
      boolean multiple,
      List<Object> options,
      List<Object> suggestions) {
    public Parameter {
      options = List.copyOf(options);
      suggestions = List.copyOf(suggestions);
    }
  }
}
