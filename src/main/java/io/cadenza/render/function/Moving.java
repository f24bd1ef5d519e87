package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.PythonFloat;
import io.cadenza.render.Series;
import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.TimeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Functions that look at the values before each one, also those before the span that is asked. */
final class Moving {
  private static final String CALCULATE = "Calculate";
  private static final String WINDOW = "windowSize";
  private static final Param SIZE =
      needs(ParamType.INT_OR_INTERVAL, WINDOW)
          .suggesting(5L, 7L, 10L, "1min", "5min", "10min", "30min", "1hour");

  private Moving() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "movingWindow",
            CALCULATE,
            "For each point the aggregation of it and those before it: as many points, or as much"
                + " time, as the window has.",
            call -> moving(call, call.text("func")),
            Param.seriesList(),
            SIZE,
            may(ParamType.AGG_FUNC, "func", "average"),
            may(ParamType.FLOAT, "xFilesFactor")),
        of("movingAverage", "average", "The average of each point and those before it."),
        of("movingMedian", "median", "The median of each point and those before it."),
        of("movingSum", "sum", "The sum of each point and those before it."),
        of("movingMin", "min", "The least of each point and those before it."),
        of("movingMax", "max", "The greatest of each point and those before it."),
        Definition.of(
            "exponentialMovingAverage",
            CALCULATE,
            "An average in which the older points count less and less.",
            Moving::exponential,
            Param.seriesList(),
            SIZE),
        Definition.of(
            "stdev",
            CALCULATE,
            "The standard deviation of each point and those before it; nothing where fewer of them"
                + " are there than the tolerance says, from 0 to 1.",
            Moving::deviation,
            Param.seriesList(),
            needs(ParamType.INTEGER, "points"),
            may(ParamType.FLOAT, "windowTolerance", 0.1)));
  }

  private static Definition of(String name, String function, String description) {
    return Definition.of(
        name,
        CALCULATE,
        description,
        call -> moving(call, function),
        Param.seriesList(),
        SIZE,
        may(ParamType.FLOAT, "xFilesFactor"));
  }

  private static boolean isInterval(Call call) {
    return call.value(WINDOW) instanceof Value.Text;
  }

  /** How many seconds before the span values are needed. */
  private static long preview(Call call, List<Series> all) {
    if (isInterval(call)) {
      return Math.abs(TimeText.offset(call.text(WINDOW)));
    }
    if (call.whole(WINDOW) < 0) {
      throw call.invalid("windowSize is less than 0");
    }
    return (long) call.whole(WINDOW) * all.stream().mapToInt(Series::step).max().orElse(0);
  }

  private static List<Series> longer(Call call, long preview) {
    Span span = call.span();
    return call.again(new Span(span.from() - preview, span.until(), span.now()));
  }

  private static int size(Call call, long preview, Series one) {
    long size = isInterval(call) ? preview / one.step() : call.whole(WINDOW);
    return (int) Math.min(size, Integer.MAX_VALUE / 2);
  }

  private static String named(Call call, String function, Series one) {
    String window = isInterval(call) ? "\"" + call.text(WINDOW) + '"' : call.text(WINDOW);
    return function + "(" + one.name() + "," + window + ")";
  }

  private static List<Series> moving(Call call, String function) {
    List<Series> all = call.series();
    if (all.isEmpty()) {
      return List.of();
    }
    String tag = "moving" + capitalized(function);
    Aggregation aggregation = Aggregation.named(function);
    long preview = preview(call, all);
    List<Series> results = new ArrayList<>();
    for (Series one : longer(call, preview)) {
      double factor = call.has("xFilesFactor") ? call.number("xFilesFactor") : one.xFilesFactor();
      Windows windows = new Windows(one.values(), size(call, preview, one), aggregation, factor);
      call.points(windows.work());
      String name = named(call, tag, one);
      one.tags().put(tag, call.text(WINDOW));
      results.add(moved(one, preview, name, windows.results()));
    }
    return results;
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT)
        + word.substring(1).toLowerCase(Locale.ROOT);
  }

  private static Series moved(Series one, long preview, String name, double[] values) {
    Series moved = one.with(one.start() + preview, one.step(), values).end(one.end());
    return Names.renamed(moved, name);
  }

  private static List<Series> exponential(Call call) {
    List<Series> all = call.series();
    if (all.isEmpty()) {
      return List.of();
    }
    long preview = preview(call, all);
    double constant = 2.0 / ((isInterval(call) ? preview : call.whole(WINDOW)) + 1);
    List<Series> results = new ArrayList<>();
    for (Series one : longer(call, preview)) {
      double[] values = exponential(one.values(), size(call, preview, one), constant);
      String name = named(call, "exponentialMovingAverage", one);
      one.tags().put("exponentialMovingAverage", call.text(WINDOW));
      results.add(moved(one, preview, name, values));
    }
    return results;
  }

  /** The first value is the plain average of those before the span. */
  private static double[] exponential(double[] values, int size, double constant) {
    int before = Math.min(size, values.length);
    double average = Aggregation.AVERAGE.of(values, 0, before);
    average = Double.isNaN(average) ? 0 : average;
    double[] results = Rows.nothing(1 + values.length - before);
    results[0] = PythonFloat.round(average, 6);
    for (int i = before; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        average = constant * values[i] + (1 - constant) * average;
        results[1 + i - before] = PythonFloat.round(average, 6);
      }
    }
    return results;
  }

  private static List<Series> deviation(Call call) {
    int points = call.whole("points");
    if (points < 1) {
      throw call.invalid("points is less than 1");
    }
    double tolerance = call.number("windowTolerance");
    List<Series> all = call.series();
    all.replaceAll(
        one -> {
          String name = "stdev(" + one.name() + "," + points + ")";
          one.tags().put("stdev", call.text("points"));
          double[] values = deviations(one.values(), points, tolerance);
          return Names.renamed(one.with(one.start(), one.step(), values).end(one.end()), name);
        });
    return all;
  }

  private static double[] deviations(double[] values, int points, double tolerance) {
    double[] results = new double[values.length];
    Arrays.fill(results, Double.NaN);
    int there = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double dropped = i < points ? Double.NaN : values[i - points];
      if (!Double.isNaN(dropped)) {
        there--;
        sum -= dropped;
        squares -= dropped * dropped;
      }
      if (!Double.isNaN(values[i])) {
        there++;
        sum += values[i];
        squares += values[i] * values[i];
      }
      if (there > 0 && (double) there / points >= tolerance) {
        results[i] = Math.sqrt(there * squares - sum * sum) / there;
      }
    }
    return results;
  }
}
