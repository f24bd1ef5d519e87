package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Functions that combine two lists pair by pair, or those whose names differ in some nodes only.
 */
final class AggregateLists {
  private static final String COMBINE = "Combine";
  private static final String FIRST = "seriesListFirstPos";
  private static final String SECOND = "seriesListSecondPos";

  private AggregateLists() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "aggregateSeriesLists",
            COMBINE,
            "Combines the first series of one list with the first of another, the second with the"
                + " second and so on, with the function that is named.",
            call -> pairs(call, call.text("func"), factor(call)),
            needs(ParamType.SERIES_LIST, FIRST),
            needs(ParamType.SERIES_LIST, SECOND),
            needs(ParamType.AGG_FUNC, "func"),
            may(ParamType.FLOAT, "xFilesFactor")),
        lists("sumSeriesLists", "sum", "Adds two lists, series by series."),
        lists("diffSeriesLists", "diff", "Takes one list from another, series by series."),
        lists("multiplySeriesLists", "multiply", "Multiplies two lists, series by series."),
        Definition.of(
            "aggregateWithWildcards",
            COMBINE,
            "Combines series whose names are the same without the nodes at these positions, with"
                + " the function that is named.",
            call -> wildcards(call, call.text("func")),
            Param.seriesList(),
            needs(ParamType.AGG_FUNC, "func"),
            may(ParamType.NODE, "position").manyTimes()),
        wildcards("sumSeriesWithWildcards", "sum", "Adds"),
        wildcards("averageSeriesWithWildcards", "average", "Averages"),
        wildcards("multiplySeriesWithWildcards", "multiply", "Multiplies"));
  }

  private static Definition lists(String name, String function, String description) {
    return Definition.of(
        name,
        COMBINE,
        description,
        call -> pairs(call, function, null),
        needs(ParamType.SERIES_LIST, FIRST),
        needs(ParamType.SERIES_LIST, SECOND));
  }

  private static Definition wildcards(String name, String function, String verb) {
    return Definition.of(
            name,
            COMBINE,
            verb + " series whose names are the same without the nodes at these positions.",
            call -> wildcards(call, function),
            Param.seriesList(),
            may(ParamType.NODE, "position").manyTimes())
        .asAggregator();
  }

  private static Double factor(Call call) {
    return call.has("xFilesFactor") ? (Double) call.number("xFilesFactor") : null;
  }

  private static List<Series> pairs(Call call, String function, Double xFilesFactor) {
    List<Series> first = call.series(FIRST);
    List<Series> second = call.series(SECOND);
    if (first.size() != second.size()) {
      throw call.invalid(FIRST + " and " + SECOND + " argument must have equal length");
    }
    List<Series> results = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      Series left = first.get(i);
      Series right = second.get(i);
      Series pair = Aggregates.aggregate(call, List.of(left, right), function, xFilesFactor).get(0);
      String word = Aggregation.withoutSeries(function);
      results.add(pair.name(word + "Series(" + left.name() + "," + right.name() + ")"));
    }
    return results;
  }

  private static List<Series> wildcards(Call call, String function) {
    List<Long> positions =
        call.all("position").stream().map(value -> (long) value.number()).toList();
    Map<String, List<Series>> groups = new LinkedHashMap<>();
    for (Series one : call.series()) {
      groups.computeIfAbsent(without(one.name(), positions), key -> new ArrayList<>()).add(one);
    }
    List<Series> results = new ArrayList<>();
    groups.forEach((name, all) -> results.add(Aggregates.one(call, all, function).name(name)));
    return results;
  }

  private static String without(String name, List<Long> positions) {
    String[] nodes = name.split("\\.", -1);
    List<String> left = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      if (!positions.contains((long) i)) {
        left.add(nodes[i]);
      }
    }
    return String.join(".", left);
  }
}
