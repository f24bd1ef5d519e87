package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;

import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code asPercent}: of the sum of all, of a number, of one other series, or of one each. */
final class Percents {
  private static final String TOTAL = "total";

  private Percents() {}

  static List<Definition> all() {
    Definition percent =
        Definition.of(
                "asPercent",
                "Combine",
                "Each series as a percentage: of their sum, of a number, of one other series, or of"
                    + " as many others. With nodes or tags, of the sum of those series whose names"
                    + " have the same ones.",
                Percents::apply,
                Param.seriesList(),
                may(ParamType.ANY, TOTAL),
                may(ParamType.NODE_OR_TAG, "nodes").manyTimes())
            .asAggregator();
    return List.of(percent, percent.called("pct"));
  }

  private static List<Series> apply(Call call) {
    List<Series> all = call.series();
    if (all.isEmpty()) {
      return List.of();
    }
    Value total = call.value(TOTAL);
    if (!call.all("nodes").isEmpty()) {
      return byNodes(call, all, total);
    }
    if (total == null) {
      return ofSum(call, all);
    }
    if (total instanceof Value.Found found) {
      return ofSeries(call, all, found.series());
    }
    if (Double.isNaN(total.number())) {
      throw call.invalid("total is series or a number, and not " + total.shown());
    }
    return ofNumber(call, all, total);
  }

  static List<Series> ofSum(Call call, List<Series> all) {
    Rows rows = Rows.of(all);
    double[] sums = rows.map(Aggregation.SUM, 0);
    return each(call, all, rows, sums, "sumSeries(" + Names.expressions(all) + ")");
  }

  private static List<Series> ofNumber(Call call, List<Series> all, Value total) {
    Rows rows = Rows.of(all);
    double[] totals = new double[rows.length()];
    Arrays.fill(totals, total.number());
    return each(call, all, rows, totals, total.text());
  }

  private static List<Series> ofSeries(Call call, List<Series> all, List<Series> totals) {
    if (totals.size() == all.size()) {
      return ofOneEach(call, all, totals);
    }
    if (totals.size() != 1) {
      throw call.invalid(
          "asPercent second argument must be missing, a single digit, reference exactly 1 series or"
              + " reference the same number of series as the first argument");
    }
    List<Series> both = new ArrayList<>(all);
    both.add(totals.get(0));
    Rows rows = Rows.of(both);
    return each(call, all, rows, rows.columns().get(all.size()), totals.get(0).name());
  }

  /** The first of one list to the first of the other, by name. */
  private static List<Series> ofOneEach(Call call, List<Series> all, List<Series> totals) {
    List<Series> parts = new ArrayList<>(all);
    List<Series> wholes = new ArrayList<>(totals);
    parts.sort(Comparator.comparing(Series::name));
    wholes.sort(Comparator.comparing(Series::name));
    List<Series> results = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      results.add(percent(call, parts.get(i), wholes.get(i)));
    }
    return results;
  }

  private static List<Series> each(
      Call call, List<Series> all, Rows rows, double[] totals, String total) {
    List<Series> results = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Series one = all.get(i);
      double[] values = Pairs.map(rows.columns().get(i), totals, Pairs::percent);
      String name = "asPercent(" + one.name() + "," + total + ")";
      results.add(call.made(name, one.start(), rows.step(), values).end(one.end()));
    }
    return results;
  }

  private static Series percent(Call call, Series part, Series whole) {
    Rows rows = Rows.of(List.of(part, whole));
    double[] values = Pairs.map(rows.columns().get(0), rows.columns().get(1), Pairs::percent);
    String name = "asPercent(" + part.name() + "," + whole.name() + ")";
    return call.made(name, rows.start(), rows.step(), values).end(rows.end());
  }

  private static List<Series> byNodes(Call call, List<Series> all, Value total) {
    if (total != null && !(total instanceof Value.Found)) {
      throw call.invalid("total must be None or a seriesList");
    }
    List<Value> nodes = call.all("nodes");
    Map<String, List<Series>> parts = grouped(all, nodes);
    Map<String, List<Series>> wholes =
        total instanceof Value.Found found ? grouped(found.series(), nodes) : parts;
    Set<String> keys = new LinkedHashSet<>(parts.keySet());
    keys.addAll(wholes.keySet());
    List<Series> results = new ArrayList<>();
    for (String key : keys) {
      Series whole = wholes.containsKey(key) ? sum(call, wholes.get(key)) : null;
      if (!parts.containsKey(key)) {
        results.add(missing(call, "asPercent(MISSING," + whole.name() + ")", whole));
        continue;
      }
      for (Series part : parts.get(key)) {
        boolean there = whole != null;
        String name = "asPercent(" + part.name() + ",MISSING)";
        results.add(there ? percent(call, part, whole) : missing(call, name, part));
      }
    }
    return results;
  }

  private static Series missing(Call call, String name, Series like) {
    double[] values = Rows.nothing(like.values().length);
    return call.made(name, like.start(), like.step(), values).end(like.end());
  }

  private static Map<String, List<Series>> grouped(List<Series> all, List<Value> nodes) {
    Map<String, List<Series>> groups = new LinkedHashMap<>();
    for (Series one : all) {
      groups.computeIfAbsent(Names.nodes(one, nodes), key -> new ArrayList<>()).add(one);
    }
    return groups;
  }

  private static Series sum(Call call, List<Series> all) {
    if (all.size() == 1) {
      return all.get(0);
    }
    Rows rows = Rows.of(all);
    double[] sums = rows.map(Aggregation.SUM, 0);
    String name = "sumSeries(" + Names.expressions(all) + ")";
    return call.made(name, rows.start(), rows.step(), sums).end(rows.end());
  }
}
