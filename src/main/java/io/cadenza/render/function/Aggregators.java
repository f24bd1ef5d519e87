package io.cadenza.render.function;

import io.cadenza.render.Series;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Functions that {@code groupByNode} and {@code groupByTags} may be told by name: those of {@link
 * Aggregation}, and some that make one series of many in another way.
 */
final class Aggregators {
  private static final Map<String, BiFunction<Call, List<Series>, List<Series>>> OTHERS =
      Map.of(
          "countSeries", Combinations::count,
          "powSeries", Combinations::power,
          "multiplySeries", Aggregators::product,
          "asPercent", Percents::ofSum,
          "pct", Percents::ofSum);

  /** What others are called that give the same; each group is one name. */
  private static final Map<String, String> SAME =
      Map.of(
          "avg", "average",
          "sumSeriesWithWildcards", "sum",
          "averageSeriesWithWildcards", "average",
          "multiplySeriesWithWildcards", "multiply");

  private Aggregators() {}

  /** All that are no names of aggregations with {@code Series} behind them. */
  static List<String> names() {
    return Stream.concat(
            Stream.of(
                "sumSeries",
                "averageSeries",
                "diffSeries",
                "stddevSeries",
                "minSeries",
                "maxSeries",
                "rangeOfSeries"),
            Stream.concat(OTHERS.keySet().stream(), SAME.keySet().stream()))
        .toList();
  }

  static boolean isName(String name) {
    return names().contains(name);
  }

  /** The one series of a group, which is not empty. */
  static Series one(Call call, List<Series> group, String name) {
    BiFunction<Call, List<Series>, List<Series>> other = OTHERS.get(name);
    if (other != null) {
      return other.apply(call, group).get(0);
    }
    return Aggregates.one(call, group, SAME.getOrDefault(name, name));
  }

  private static List<Series> product(Call call, List<Series> group) {
    return group.size() == 1 ? group : Aggregates.aggregate(call, group, "multiply", null);
  }
}
