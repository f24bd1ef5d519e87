package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Functions that make one series of many and are no plain aggregation. */
final class Combinations {
  private static final String COMBINE = "Combine";
  private static final String AVERAGES = "seriesListAvg";
  private static final String WEIGHTS = "seriesListWeight";

  private Combinations() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
                "countSeries",
                COMBINE,
                "How many series there are, as a line.",
                call -> count(call, call.series()),
                may(ParamType.SERIES_LIST, "seriesLists").manyTimes())
            .asAggregator(),
        Definition.of(
                "powSeries",
                COMBINE,
                "The first series to the power of the second, that to the power of the third ...",
                call -> power(call, call.series()),
                needs(ParamType.SERIES_LIST, "seriesList").manyTimes())
            .asAggregator(),
        Definition.of(
            "percentileOfSeries",
            COMBINE,
            "The n-th percentile of the values of all series at each time; interpolate takes what"
                + " lies between two values.",
            Combinations::percentile,
            Param.seriesList(),
            needs(ParamType.FLOAT, "n"),
            may(ParamType.BOOLEAN, "interpolate", false)),
        Definition.of(
            "group",
            COMBINE,
            "Several lists as one, for functions that take only one.",
            Call::series,
            may(ParamType.SERIES_LIST, "seriesLists").manyTimes()),
        Definition.of(
            "weightedAverage",
            COMBINE,
            "The average of series, each with the weight of the series whose name has the same"
                + " nodes or tags.",
            Combinations::weightedAverage,
            needs(ParamType.SERIES_LIST, AVERAGES),
            needs(ParamType.SERIES_LIST, WEIGHTS),
            may(ParamType.NODE_OR_TAG, "nodes").manyTimes()));
  }

  static List<Series> count(Call call, List<Series> all) {
    if (call.all("seriesLists").isEmpty() && all.isEmpty()) {
      return List.of(Lines.constant(call, new Value.Whole(0)).pathExpression("countSeries()"));
    }
    if (all.isEmpty()) {
      return List.of();
    }
    Rows rows = Rows.of(all);
    String name = "countSeries(" + Names.expressions(all) + ")";
    double[] values = rows.map((row, from, to) -> to - from);
    return List.of(call.made(name, rows.start(), rows.step(), values).end(rows.end()));
  }

  static List<Series> power(Call call, List<Series> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    Rows rows = Rows.of(all);
    String names = all.stream().map(Series::name).collect(Collectors.joining(","));
    double[] values = rows.map(Combinations::power);
    return List.of(
        call.made("powSeries(" + names + ")", rows.start(), rows.step(), values).end(rows.end()));
  }

  private static double power(double[] row, int from, int to) {
    double power = row[from];
    for (int i = from + 1; i < to; i++) {
      power = Arithmetic.power(power, row[i]);
    }
    return power;
  }

  private static List<Series> percentile(Call call) {
    double n = call.number("n");
    if (n <= 0) {
      throw call.invalid("The requested percent is required to be greater than 0");
    }
    List<Series> all = call.series();
    if (all.isEmpty()) {
      return List.of();
    }
    boolean interpolate = call.flag("interpolate");
    Rows rows = Rows.of(all);
    double[] values =
        rows.map(
            (row, from, to) -> Percentile.of(Aggregation.sorted(row, from, to), n, interpolate));
    String name =
        "percentileOfSeries(%s,%s)".formatted(all.get(0).pathExpression(), Numbers.general(n));
    return List.of(call.made(name, rows.start(), rows.step(), values).end(rows.end()));
  }

  private static List<Series> weightedAverage(Call call) {
    List<Series> averages = call.series(AVERAGES);
    List<Series> weights = call.series(WEIGHTS);
    if (averages.size() != weights.size()) {
      throw call.invalid(
          "must receive the same number of series for %s and %s but received respectively %d and %d"
              .formatted(AVERAGES, WEIGHTS, averages.size(), weights.size()));
    }
    List<Series> products = products(call, averages, weights);
    if (products.isEmpty()) {
      return List.of();
    }
    Series sum = Aggregates.one(call, products, "sum");
    Series whole = Aggregates.one(call, weights, "sum");
    String name =
        "weightedAverage(%s, %s, %s)"
            .formatted(sorted(averages), sorted(weights), String.join(",", call.texts("nodes")));
    double[] values = Pairs.map(sum.values(), whole.values(), Pairs::quotient);
    return List.of(call.made(name, sum.start(), sum.step(), values).end(sum.end()));
  }

  private static List<Series> products(Call call, List<Series> averages, List<Series> weights) {
    Map<String, Series> weight = new LinkedHashMap<>();
    weights.forEach(one -> weight.put(Names.nodes(one, call.all("nodes")), one));
    Map<String, Series> average = new LinkedHashMap<>();
    averages.forEach(one -> average.put(Names.nodes(one, call.all("nodes")), one));
    List<Series> products = new ArrayList<>();
    average.forEach(
        (key, one) -> {
          Series by = weight.get(key);
          if (by != null) {
            double[] values = Pairs.map(one.values(), by.values(), (a, b) -> a * b);
            String name = "product(" + by.name() + "," + one.name() + ")";
            products.add(call.made(name, one.start(), one.step(), values).end(one.end()));
          }
        });
    return products;
  }

  private static String sorted(List<Series> all) {
    return all.stream()
        .map(Series::pathExpression)
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }
}
