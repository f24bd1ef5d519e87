package io.cadenza.render.function;

import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code mapSeries} and {@code reduceSeries}: groups of series, each of which a function takes. */
final class Maps {
  private static final String COMBINE = "Combine";

  private Maps() {}

  static List<Definition> all() {
    Definition map =
        new Definition(
            "mapSeries",
            COMBINE,
            "Sorts series into lists by nodes or tags, for reduceSeries.",
            List.of(Param.seriesList(), needs(ParamType.NODE_OR_TAG, "mapNodes").manyTimes()),
            false,
            Maps::map);
    Definition reduce =
        Definition.of(
            "reduceSeries",
            COMBINE,
            "Calls a function for each group of series that differ in one node only, with the"
                + " series whose node is the first matcher as its first parameter and so on. Groups"
                + " that lack one of them are left out.",
            Maps::reduce,
            needs(ParamType.SERIES_LISTS, "seriesLists"),
            needs(ParamType.STRING, "reduceFunction"),
            needs(ParamType.NODE, "reduceNode"),
            needs(ParamType.STRING, "reduceMatchers").manyTimes());
    return List.of(map, map.called("map"), reduce, reduce.called("reduce"));
  }

  private static Value map(Call call) {
    Map<String, List<Series>> groups = new LinkedHashMap<>();
    for (Series one : call.series()) {
      String key = Names.nodes(one, call.all("mapNodes"));
      groups.computeIfAbsent(key, name -> new ArrayList<>()).add(one);
    }
    return new Value.Groups(List.copyOf(groups.values()));
  }

  private static List<Series> reduce(Call call) {
    String name = call.text("reduceFunction");
    Definition function = FunctionTable.get(name);
    if (function == null) {
      throw call.invalid("unknown function " + name);
    }
    List<String> matchers = call.texts("reduceMatchers");
    Map<String, Series[]> groups = new LinkedHashMap<>();
    for (List<Series> group : call.groups("seriesLists")) {
      group.forEach(one -> match(call, one, name, matchers, groups));
    }
    List<Series> results = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          if (Arrays.stream(group).noneMatch(Objects::isNull)) {
            results.addAll(reduced(call, function, group, key));
          }
        });
    return results;
  }

  private static void match(
      Call call, Series one, String name, List<String> matchers, Map<String, Series[]> groups) {
    String[] nodes = one.name().split("\\.", -1);
    int at = call.whole("reduceNode");
    at = at < 0 ? nodes.length + at : at;
    int matcher = at >= 0 && at < nodes.length ? matchers.indexOf(nodes[at]) : -1;
    if (matcher < 0) {
      return;
    }
    String key = String.join(".", List.of(nodes).subList(0, at)) + ".reduce." + name;
    groups.computeIfAbsent(key, group -> new Series[matchers.size()])[matcher] = one;
  }

  private static List<Series> reduced(Call call, Definition function, Series[] group, String name) {
    List<Value> placed = new ArrayList<>();
    for (Series one : group) {
      placed.add(new Value.Found(List.of(one)));
    }
    Value value = Binder.apply(function, placed, Map.of(), null, call.surroundings());
    List<Series> results = value instanceof Value.Found found ? found.series() : List.of();
    return results.stream().limit(1).map(one -> one.name(name)).toList();
  }
}
