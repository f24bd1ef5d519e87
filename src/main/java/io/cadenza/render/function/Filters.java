package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Functions that leave some series out, or sort them, by a figure of their values. */
final class Filters {
  private static final String FILTER = "Filter Series";
  private static final String SORTING = "Sorting";
  private static final Param N = needs(ParamType.FLOAT, "n");
  private static final Param COUNT = needs(ParamType.INTEGER, "n");
  private static final Param FUNC = may(ParamType.AGG_FUNC, "func", "average");

  private Filters() {}

  static List<Definition> all() {
    List<Definition> all = new ArrayList<>(thresholds());
    all.addAll(orders());
    all.add(
        Definition.of(
            "limit",
            FILTER,
            "The first n series.",
            call -> first(call.series(), call.whole("n")),
            Param.seriesList(),
            COUNT));
    all.add(
        Definition.of(
            "mostDeviant",
            FILTER,
            "The n series whose values are farthest from their own average.",
            Filters::mostDeviant,
            Param.seriesList(),
            COUNT));
    all.add(
        Definition.of(
            "unique",
            FILTER,
            "Only the first one of series with the same name.",
            Filters::unique,
            Param.seriesLists()));
    return all;
  }

  private static List<Definition> thresholds() {
    return List.of(
        Definition.of(
            "filterSeries",
            FILTER,
            "The series whose aggregation is as the operator and threshold say.",
            call -> filtered(call, call.text("func"), call.text("operator"), "threshold"),
            Param.seriesList(),
            needs(ParamType.AGG_FUNC, "func"),
            needs(ParamType.STRING, "operator").oneOf("!=", "<", "<=", "=", ">", ">="),
            needs(ParamType.FLOAT, "threshold")),
        threshold("maximumAbove", "max", ">", "The series whose greatest value is above n."),
        threshold("maximumBelow", "max", "<=", "The series whose greatest value is n or below."),
        threshold("minimumAbove", "min", ">", "The series whose least value is above n."),
        threshold("minimumBelow", "min", "<=", "The series whose least value is n or below."),
        threshold("currentAbove", "last", ">", "The series whose last value is above n."),
        threshold("currentBelow", "last", "<=", "The series whose last value is n or below."),
        threshold("averageAbove", "average", ">", "The series whose average is above n."),
        threshold("averageBelow", "average", "<=", "The series whose average is n or below."));
  }

  private static Definition threshold(
      String name, String function, String operator, String description) {
    return Definition.of(
        name,
        FILTER,
        description,
        call -> filtered(call, function, operator, "n"),
        Param.seriesList(),
        N);
  }

  private static List<Definition> orders() {
    return List.of(
        Definition.of(
            "highest",
            FILTER,
            "The n series whose aggregation is the highest.",
            call -> ordered(call, call.text("func"), true),
            Param.seriesList(),
            COUNT,
            FUNC),
        Definition.of(
            "lowest",
            FILTER,
            "The n series whose aggregation is the lowest.",
            call -> ordered(call, call.text("func"), false),
            Param.seriesList(),
            COUNT,
            FUNC),
        order("highestCurrent", "current", true, "The n series with the highest last value."),
        order("highestMax", "max", true, "The n series with the highest value."),
        order("highestAverage", "average", true, "The n series with the highest average."),
        order("lowestCurrent", "current", false, "The n series with the lowest last value."),
        order("lowestAverage", "average", false, "The n series with the lowest average."),
        Definition.of(
            "sortBy",
            SORTING,
            "Sorts the series by their aggregation.",
            call -> sorted(call.series(), call.aggregation("func"), call.flag("reverse")),
            Param.seriesList(),
            FUNC,
            may(ParamType.BOOLEAN, "reverse", false)),
        Definition.of(
            "sortByTotal",
            SORTING,
            "Sorts the series, that with the highest sum first.",
            call -> sorted(call.series(), Aggregation.SUM, true),
            Param.seriesList()),
        Definition.of(
            "sortByMaxima",
            SORTING,
            "Sorts the series, that with the highest value first.",
            call -> sorted(call.series(), Aggregation.MAX, true),
            Param.seriesList()),
        Definition.of(
            "sortByMinima",
            SORTING,
            "Sorts the series, that with the lowest value first; those without a value above 0 are"
                + " left out.",
            Filters::byMinima,
            Param.seriesList()),
        Definition.of(
            "sortByName",
            SORTING,
            "Sorts the series by name; natural puts web10 behind web9.",
            Filters::byName,
            Param.seriesList(),
            may(ParamType.BOOLEAN, "natural", false),
            may(ParamType.BOOLEAN, "reverse", false)));
  }

  private static Definition order(
      String name, String function, boolean highest, String description) {
    return Definition.of(
        name,
        FILTER,
        description,
        call -> ordered(call, function, highest),
        Param.seriesList(),
        COUNT);
  }

  private static List<Series> filtered(Call call, String function, String operator, String param) {
    Aggregation aggregation = Aggregation.named(function);
    double threshold = call.number(param);
    List<Series> all = call.series();
    all.removeIf(one -> !holds(aggregation.of(one.values()), operator, threshold));
    return all;
  }

  /** Nothing is less than anything. */
  private static boolean holds(double value, String operator, double threshold) {
    boolean nothing = Double.isNaN(value);
    return switch (operator) {
      case "=" -> value == threshold;
      case "!=" -> nothing || value != threshold;
      case ">" -> value > threshold;
      case ">=" -> value >= threshold;
      case "<" -> nothing || value < threshold;
      default -> nothing || value <= threshold;
    };
  }

  private static List<Series> ordered(Call call, String function, boolean highest) {
    List<Series> all = sorted(call.series(), Aggregation.named(function), highest);
    return first(all, call.whole("n"));
  }

  /** So many of them, or all but so many of the last ones when it is less than 0. */
  private static List<Series> first(List<Series> all, int n) {
    int count = n < 0 ? Math.max(0, all.size() + n) : Math.min(n, all.size());
    return all.subList(0, count);
  }

  static List<Series> sorted(List<Series> all, Aggregation aggregation, boolean highest) {
    return sorted(all, one -> aggregation.of(one.values()), highest);
  }

  /** Those with the same figure stay in their order; nothing is the lowest. */
  private static List<Series> sorted(
      List<Series> all, ToDoubleFunction<Series> figure, boolean highest) {
    record Ranked(Series series, double figure) {}
    Comparator<Ranked> order = Comparator.comparingDouble(Ranked::figure);
    List<Ranked> ranked = new ArrayList<>();
    for (Series one : all) {
      double value = figure.applyAsDouble(one);
      ranked.add(new Ranked(one, Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value + 0.0));
    }
    ranked.sort(highest ? order.reversed() : order);
    return new ArrayList<>(ranked.stream().map(Ranked::series).toList());
  }

  private static List<Series> byMinima(Call call) {
    List<Series> all = call.series();
    all.removeIf(one -> !(Aggregation.MAX.of(one.values()) > 0));
    return sorted(all, Aggregation.MIN, false);
  }

  private static List<Series> byName(Call call) {
    boolean natural = call.flag("natural");
    Comparator<Series> order =
        Comparator.comparing(one -> natural ? padded(one.name()) : one.name());
    List<Series> all = call.series();
    all.sort(call.flag("reverse") ? order.reversed() : order);
    return all;
  }

  /** With ten digits or more for each number in it. */
  private static String padded(String name) {
    StringBuilder padded = new StringBuilder();
    int at = 0;
    while (at < name.length()) {
      int end = at;
      while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
        end++;
      }
      if (end > at) {
        padded.append("0".repeat(Math.max(0, 10 - (end - at)))).append(name, at, end);
        at = end;
      } else {
        padded.append(name.charAt(at++));
      }
    }
    return padded.toString();
  }

  private static List<Series> mostDeviant(Call call) {
    List<Series> all = call.series();
    all.removeIf(one -> Double.isNaN(Aggregation.AVERAGE.of(one.values())));
    return first(sorted(all, Filters::variance, true), call.whole("n"));
  }

  private static double variance(Series one) {
    double average = Aggregation.AVERAGE.of(one.values());
    double squares = 0;
    int there = 0;
    for (double value : one.values()) {
      if (!Double.isNaN(value)) {
        squares += (value - average) * (value - average);
        there++;
      }
    }
    return squares / there;
  }

  private static List<Series> unique(Call call) {
    Set<String> seen = new HashSet<>();
    List<Series> all = call.series();
    all.removeIf(one -> !seen.add(one.name()));
    return all;
  }
}
