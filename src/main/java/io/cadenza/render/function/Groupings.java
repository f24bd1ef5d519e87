package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Functions that sort series into groups by nodes of their names or tags, and combine each. */
final class Groupings {
  private static final String COMBINE = "Combine";
  private static final String CALLBACK = "callback";

  private Groupings() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "groupByNode",
            COMBINE,
            "Combines the series that have the same node, or tag, with a function such as sum or"
                + " average; a group is called as its node.",
            call -> grouped(call, call.all("nodeNum")),
            Param.seriesList(),
            needs(ParamType.NODE_OR_TAG, "nodeNum"),
            may(ParamType.AGG_OR_SERIES_FUNC, CALLBACK, "average")),
        Definition.of(
            "groupByNodes",
            COMBINE,
            "Combines the series that have the same nodes, or tags, with a function such as sum or"
                + " average; a group is called as its nodes.",
            call -> grouped(call, call.all("nodes")),
            Param.seriesList(),
            needs(ParamType.AGG_OR_SERIES_FUNC, CALLBACK),
            may(ParamType.NODE_OR_TAG, "nodes").manyTimes()),
        Definition.of(
            "groupByTags",
            COMBINE,
            "Combines the series that have the same values of these tags with a function such as"
                + " sum or average; a group is called as a series with these tags.",
            Groupings::byTags,
            Param.seriesList(),
            needs(ParamType.AGG_OR_SERIES_FUNC, CALLBACK),
            needs(ParamType.TAG, "tags").manyTimes()),
        Definition.of(
            "applyByNode",
            COMBINE,
            "Evaluates a target for each beginning of the names, up to a node, in the place of %.",
            Groupings::applyByNode,
            Param.seriesList(),
            needs(ParamType.NODE, "nodeNum"),
            needs(ParamType.STRING, "templateFunction"),
            may(ParamType.STRING, "newName")));
  }

  private static List<Series> grouped(Call call, List<Value> nodes) {
    Map<String, List<Series>> groups = new LinkedHashMap<>();
    for (Series one : call.series()) {
      groups.computeIfAbsent(Names.nodes(one, nodes), key -> new ArrayList<>()).add(one);
    }
    List<Series> results = new ArrayList<>();
    groups.forEach(
        (name, group) -> results.add(Aggregators.one(call, group, call.text(CALLBACK)).name(name)));
    return results;
  }

  private static List<Series> byTags(Call call) {
    List<String> tags = call.texts("tags");
    List<Series> all = call.series();
    Set<String> names = all.stream().map(one -> one.tags().get("name")).collect(Collectors.toSet());
    String common = names.size() == 1 ? names.iterator().next() : call.text(CALLBACK);
    Map<String, List<Series>> groups = new LinkedHashMap<>();
    for (Series one : all) {
      String name = tags.contains("name") ? one.tags().get("name") : common;
      groups.computeIfAbsent(tagged(name, one, tags), key -> new ArrayList<>()).add(one);
    }
    List<Series> results = new ArrayList<>();
    groups.forEach(
        (name, group) -> {
          Series one = Aggregators.one(call, group, call.text(CALLBACK));
          one.tags().clear();
          one.tags().putAll(Names.tags(name));
          results.add(Names.renamed(one, name));
        });
    return results;
  }

  private static String tagged(String name, Series one, List<String> tags) {
    return tags.stream()
        .filter(tag -> !tag.equals("name"))
        .map(tag -> tag + "=" + one.tags().getOrDefault(tag, ""))
        .sorted()
        .reduce(name, (all, tag) -> all + ";" + tag);
  }

  private static List<Series> applyByNode(Call call) {
    List<Series> all = call.series();
    int nodes = call.whole("nodeNum") + 1;
    Set<String> prefixes = new TreeSet<>();
    for (Series one : all) {
      String[] parts = one.name().split("\\.", -1);
      int count = nodes < 0 ? parts.length + nodes : Math.min(nodes, parts.length);
      prefixes.add(String.join(".", List.of(parts).subList(0, Math.max(count, 0))));
    }
    List<Series> results = new ArrayList<>();
    for (String prefix : prefixes) {
      String target = call.text("templateFunction").replace("%", prefix);
      for (Series one : call.surroundings().evaluate(target)) {
        if (call.has("newName")) {
          one.name(call.text("newName").replace("%", prefix));
        }
        Series last = all.get(all.size() - 1);
        results.add(one.pathExpression(prefix).from(last.start(), last.end()));
      }
    }
    return results;
  }
}
