package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import java.util.Arrays;
import java.util.List;

/** Functions for values that are nothing: fill them, or tell where they are. */
final class Gaps {
  private static final String TRANSFORM = "Transform";
  private static final String LIMIT = "limit";

  private Gaps() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "keepLastValue",
            TRANSFORM,
            "Puts the last value in the place of those that are missing, up to so many in a row.",
            call -> filled(call, "keepLastValue", Gaps::keepLast),
            Param.seriesList(),
            may(ParamType.INT_OR_INF, LIMIT, Double.POSITIVE_INFINITY)),
        Definition.of(
            "interpolate",
            TRANSFORM,
            "Puts a straight line in the place of values that are missing between others, up to so"
                + " many in a row.",
            call -> filled(call, "interpolate", Gaps::interpolate),
            Param.seriesList(),
            may(ParamType.INT_OR_INF, LIMIT, Double.POSITIVE_INFINITY)),
        Definition.of(
            "changed",
            "Special",
            "1 where a value isn't that before it, 0 elsewhere.",
            Gaps::changed,
            Param.seriesList()),
        Definition.of(
            "isNonNull",
            TRANSFORM,
            "1 where there is a value, 0 where there is none.",
            Gaps::isNonNull,
            Param.seriesList()),
        Definition.of(
            "transformNull",
            TRANSFORM,
            "Puts a number in the place of values that are missing; with a list of others only"
                + " where one of those has a value.",
            Gaps::transformNull,
            Param.seriesList(),
            may(ParamType.FLOAT, "default", 0L),
            may(ParamType.SERIES_LIST, "referenceSeries")),
        Definition.of(
            "compressPeriodicGaps",
            TRANSFORM,
            "Makes the step of series that have a value only every few steps as long as it should"
                + " be, told by their first values.",
            Gaps::compress,
            Param.seriesList()),
        Definition.of(
            "removeEmptySeries",
            "Filter Series",
            "Leaves out series without any value, or with less than that part of them.",
            Gaps::removeEmpty,
            Param.seriesList(),
            may(ParamType.FLOAT, "xFilesFactor")),
        Definition.of(
            "fallbackSeries",
            "Special",
            "The series of the second parameter when the first has none.",
            call -> call.series().isEmpty() ? call.series("fallback") : call.series(),
            Param.seriesList(),
            needs(ParamType.SERIES_LIST, "fallback")));
  }

  /** Fills the gap from one index up to another. */
  private interface Filler {
    void fill(double[] values, int from, int to);
  }

  private static List<Series> filled(Call call, String function, Filler filler) {
    double limit = call.number(LIMIT);
    List<Series> all = call.series();
    for (Series one : all) {
      double[] values = one.values().clone();
      int from = 0;
      for (int i = 0; i <= values.length; i++) {
        if (i == values.length || !Double.isNaN(values[i])) {
          if (from < i && from > 0 && i - from <= limit) {
            filler.fill(values, from, i);
          }
          from = i + 1;
        }
      }
      Names.renamed(one, function + "(" + one.name() + ")").values(values);
    }
    return all;
  }

  private static void keepLast(double[] values, int from, int to) {
    Arrays.fill(values, from, to, values[from - 1]);
  }

  private static void interpolate(double[] values, int from, int to) {
    if (to == values.length) {
      return;
    }
    double before = values[from - 1];
    for (int i = from; i < to; i++) {
      values[i] = before + (i - from + 1) * (values[to] - before) / (to - from + 1);
    }
  }

  private static List<Series> changed(Call call) {
    List<Series> all = call.series();
    for (Series one : all) {
      double[] values = one.values();
      double[] changes = new double[values.length];
      double before = Double.NaN;
      for (int i = 0; i < values.length; i++) {
        boolean there = !Double.isNaN(values[i]);
        changes[i] = there && !Double.isNaN(before) && values[i] != before ? 1 : 0;
        before = there ? values[i] : before;
      }
      Names.renamed(one, "changed(" + one.name() + ")").values(changes);
    }
    return all;
  }

  private static List<Series> isNonNull(Call call) {
    List<Series> all = call.series();
    all.forEach(
        one ->
            Arithmetic.map(
                Names.wrapped(one, "isNonNull", "1"), value -> Double.isNaN(value) ? 0 : 1));
    return all;
  }

  private static List<Series> transformNull(Call call) {
    double number = call.number("default");
    List<Series> references = call.series("referenceSeries");
    double[] others = references.isEmpty() ? null : others(references, number);
    List<Series> all = call.series();
    for (Series one : all) {
      one.tags().put("transformNull", call.text("default"));
      if (others != null) {
        one.tags().put("referenceSeries", "1");
      }
      String reference = others == null ? "" : ",referenceSeries";
      String name = "transformNull(" + one.name() + "," + Numbers.general(number) + reference + ")";
      Names.renamed(one, name);
      if (others == null) {
        Arithmetic.map(one, value -> Double.isNaN(value) ? number : value);
      } else {
        one.values(Pairs.map(one.values(), others, (v, other) -> Double.isNaN(v) ? other : v));
      }
    }
    return all;
  }

  /** The number wherever one of these has a value. */
  private static double[] others(List<Series> references, double number) {
    int length = references.stream().mapToInt(one -> one.values().length).max().orElse(0);
    double[] others = Rows.nothing(length);
    for (Series one : references) {
      for (int i = 0; i < one.values().length; i++) {
        others[i] = Double.isNaN(one.values()[i]) ? others[i] : number;
      }
    }
    return others;
  }

  private static List<Series> removeEmpty(Call call) {
    double factor = call.number("xFilesFactor", 0);
    List<Series> all = call.series();
    all.removeIf(
        one -> {
          int length = one.values().length;
          return !Aggregation.enough(Aggregation.count(one.values(), 0, length), length, factor);
        });
    return all;
  }

  private static List<Series> compress(Call call) {
    List<Series> all = call.series();
    all.replaceAll(
        one -> Names.renamed(compressed(one), "compressPeriodicGaps(" + one.name() + ")"));
    return all;
  }

  private static Series compressed(Series one) {
    double[] values = one.values();
    int first = next(values, 0);
    int second = next(values, first + 1);
    int each = second - first;
    int third = second + each;
    boolean periodic =
        each > 1
            && third < values.length - 1
            && !Double.isNaN(values[third])
            && Double.isNaN(values[third - 1])
            && Double.isNaN(values[third + 1]);
    if (!periodic) {
      return one;
    }
    double[] fewer = new double[(values.length - first + each - 1) / each];
    for (int i = 0; i < fewer.length; i++) {
      int from = first + i * each;
      fewer[i] = Aggregation.LAST.of(values, from, Math.min(from + each, values.length));
    }
    return one.with(one.start() + (long) first * one.step(), one.step() * each, fewer);
  }

  /** The index of the next value that is there; the length when there is none. */
  private static int next(double[] values, int from) {
    int i = from;
    while (i < values.length && Double.isNaN(values[i])) {
      i++;
    }
    return i;
  }
}
