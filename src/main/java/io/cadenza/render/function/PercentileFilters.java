package io.cadenza.render.function;

import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions that leave out values, or series, that are too much or too little. */
final class PercentileFilters {
  private static final String DATA = "Filter Data";
  private static final String FILTER = "Filter Series";
  private static final Param N = needs(ParamType.FLOAT, "n");

  private PercentileFilters() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "removeAboveValue",
            DATA,
            "Leaves out values above n.",
            call -> cut(call, "removeAboveValue", (one, n) -> notAbove(n)),
            Param.seriesList(),
            N),
        Definition.of(
            "removeBelowValue",
            DATA,
            "Leaves out values below n.",
            call -> cut(call, "removeBelowValue", (one, n) -> notBelow(n)),
            Param.seriesList(),
            N),
        Definition.of(
            "removeAbovePercentile",
            DATA,
            "Leaves out values above the n-th percentile of their series.",
            call -> cut(call, "removeAbovePercentile", (one, n) -> notAbove(percentile(one, n))),
            Param.seriesList(),
            N),
        Definition.of(
            "removeBelowPercentile",
            DATA,
            "Leaves out values below the n-th percentile of their series.",
            call -> cut(call, "removeBelowPercentile", (one, n) -> notBelow(percentile(one, n))),
            Param.seriesList(),
            N),
        Definition.of(
            "averageOutsidePercentile",
            FILTER,
            "The series whose average is not between the n-th percentile of all averages and that"
                + " of 100 - n.",
            PercentileFilters::averageOutside,
            Param.seriesList(),
            N),
        Definition.of(
            "removeBetweenPercentile",
            FILTER,
            "The series that have a value not between the n-th percentile of all series and that"
                + " of 100 - n.",
            PercentileFilters::notBetween,
            Param.seriesList(),
            N));
  }

  /** What is left of the values of a series. */
  private interface Cut {
    DoubleUnaryOperator of(Series one, double n);
  }

  private static List<Series> cut(Call call, String function, Cut cut) {
    double n = call.number("n");
    List<Series> all = call.series();
    for (Series one : all) {
      Names.renamed(one, function + "(" + one.name() + ", " + Numbers.general(n) + ")");
      Arithmetic.map(one, cut.of(one, n));
    }
    return all;
  }

  /** As {@code nPercentile} is asked for it, its tag is there too. */
  private static double percentile(Series one, double n) {
    double percentile = Calculations.percentile(one, n);
    if (!Double.isNaN(percentile)) {
      one.tags().put("nPercentile", Numbers.exact(n));
    }
    return percentile;
  }

  private static DoubleUnaryOperator notAbove(double most) {
    return value -> value > most ? Double.NaN : value;
  }

  private static DoubleUnaryOperator notBelow(double least) {
    return value -> value < least ? Double.NaN : value;
  }

  private static double upper(double n) {
    return n < 50 ? 100 - n : n;
  }

  private static List<Series> averageOutside(Call call) {
    double n = upper(call.number("n"));
    List<Series> all = call.series();
    double[] averages =
        all.stream().mapToDouble(one -> Aggregation.AVERAGE.of(one.values())).toArray();
    double[] sorted = Aggregation.sorted(averages, 0, averages.length);
    double low = Percentile.of(sorted, 100 - n, false);
    double high = Percentile.of(sorted, n, false);
    List<Series> outside = new ArrayList<>();
    for (int i = 0; i < averages.length; i++) {
      if (!(low < averages[i] && averages[i] < high)) {
        outside.add(all.get(i));
      }
    }
    return outside;
  }

  private static List<Series> notBetween(Call call) {
    double n = upper(call.number("n"));
    List<Series> all = call.series();
    if (all.isEmpty()) {
      return all;
    }
    Rows rows = new Rows(all.stream().map(Series::values).toList(), 0, 0, 1);
    double[] low = rows.map((row, from, to) -> percentile(row, from, to, 100 - n));
    double[] high = rows.map((row, from, to) -> percentile(row, from, to, n));
    all.removeIf(one -> isBetween(one.values(), low, high));
    return all;
  }

  private static double percentile(double[] row, int from, int to, double n) {
    return Percentile.of(Aggregation.sorted(row, from, to), n, false);
  }

  /** A value that is nothing isn't between any. */
  private static boolean isBetween(double[] values, double[] low, double[] high) {
    for (int i = 0; i < values.length; i++) {
      if (!(low[i] < values[i] && values[i] < high[i])) {
        return false;
      }
    }
    return true;
  }
}
