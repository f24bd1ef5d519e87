package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.RenderException;
import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that make one series of many, value by value: {@code sumSeries} and its like. */
final class Aggregates {
  private static final String COMBINE = "Combine";

  private Aggregates() {}

  static List<Definition> all() {
    List<Definition> all = new ArrayList<>();
    all.add(
        Definition.of(
            "aggregate",
            COMBINE,
            "Makes one series of all, with the function that is named: average, median, sum, min,"
                + " max, diff, stddev, count, range, multiply or last.",
            call -> aggregate(call, call.series(), call.text("func"), factor(call)),
            Param.seriesList(),
            needs(ParamType.AGG_FUNC, "func"),
            may(ParamType.FLOAT, "xFilesFactor")));
    all.add(of("sumSeries", "sum", "Adds the values of all series."));
    all.add(of("averageSeries", "average", "The average of the values of all series."));
    all.add(of("diffSeries", "diff", "Takes all following series from the first one."));
    all.add(of("stddevSeries", "stddev", "The standard deviation of the values of all series."));
    all.add(of("minSeries", "min", "The least of the values of all series."));
    all.add(of("maxSeries", "max", "The greatest of the values of all series."));
    all.add(of("rangeOfSeries", "rangeOf", "The greatest value of all series less the least."));
    all.add(
        Definition.of(
                "multiplySeries",
                COMBINE,
                "Multiplies the values of all series; nothing where one of them has none.",
                Aggregates::multiply,
                Param.seriesLists())
            .asAggregator());
    all.add(named(all, "averageSeries").called("avg"));
    all.add(named(all, "sumSeries").called("sum"));
    return all;
  }

  private static Definition named(List<Definition> all, String name) {
    return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static Definition of(String name, String function, String description) {
    return Definition.of(
            name,
            COMBINE,
            description + " Series of different steps are brought to their common multiple.",
            call -> aggregate(call, call.series(), function, null),
            Param.seriesLists())
        .asAggregator();
  }

  private static List<Series> multiply(Call call) {
    List<Series> all = call.series();
    return all.size() == 1 ? all : aggregate(call, all, "multiply", null);
  }

  private static Double factor(Call call) {
    return call.has("xFilesFactor") ? (Double) call.number("xFilesFactor") : null;
  }

  /**
   * One series of all of them; none of none.
   *
   * @param function its name, with {@code Series} behind it or without
   * @param xFilesFactor null for that of the request
   */
  static List<Series> aggregate(Call call, List<Series> all, String function, Double xFilesFactor) {
    String word = Aggregation.withoutSeries(function);
    Aggregation aggregation = Aggregation.named(word);
    if (all.isEmpty()) {
      return List.of();
    }
    double factor = xFilesFactor == null ? call.surroundings().xFilesFactor() : xFilesFactor;
    Rows rows = Rows.of(all);
    String name = word + "Series(" + Names.expressions(all) + ")";
    Series made =
        new Series(
            name,
            name,
            tags(all, name, word),
            rows.start(),
            rows.step(),
            rows.map(aggregation, factor));
    return List.of(made.end(rows.end()).xFilesFactor(factor));
  }

  /** The one series of these, which are not none. */
  static Series one(Call call, List<Series> all, String function) {
    List<Series> one = aggregate(call, all, function, null);
    if (one.isEmpty()) {
      throw RenderException.invalid(function + " of no series");
    }
    return one.get(0);
  }

  /** Those that all have in common. */
  private static Map<String, String> tags(List<Series> all, String name, String function) {
    Map<String, String> tags = new LinkedHashMap<>(all.get(0).tags());
    for (Series one : all) {
      tags.entrySet().removeIf(tag -> !tag.getValue().equals(one.tags().get(tag.getKey())));
    }
    tags.putIfAbsent("name", name);
    tags.put("aggregatedBy", function);
    return tags;
  }
}
