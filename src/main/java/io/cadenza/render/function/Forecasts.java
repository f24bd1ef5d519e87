package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;

import io.cadenza.render.Series;
import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.TimeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a series was expected to be, from its own past. */
final class Forecasts {
  private static final String CALCULATE = "Calculate";
  private static final Param DELTA = may(ParamType.INTEGER, "delta", 3L);
  private static final Param BOOTSTRAP =
      may(ParamType.INTERVAL, "bootstrapInterval", "7d").suggesting("7d", "30d");
  private static final Param SEASON =
      may(ParamType.INTERVAL, "seasonality", "1d").suggesting("1d", "7d");

  private Forecasts() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "holtWintersForecast",
            CALCULATE,
            "What was to be expected by the method of Holt and Winters, learned from as much time"
                + " before as the bootstrap interval has.",
            Forecasts::forecast,
            Param.seriesList(),
            BOOTSTRAP,
            SEASON),
        Definition.of(
            "holtWintersConfidenceBands",
            CALCULATE,
            "Two lines for each series, between which it was to be expected: delta usual deviations"
                + " from the forecast.",
            Forecasts::bands,
            Param.seriesList(),
            DELTA,
            BOOTSTRAP,
            SEASON),
        Definition.of(
            "holtWintersAberration",
            CALCULATE,
            "How far each series is outside of what was to be expected.",
            Forecasts::aberration,
            Param.seriesList(),
            DELTA,
            BOOTSTRAP,
            SEASON),
        Definition.of(
            "holtWintersConfidenceArea",
            CALCULATE,
            "The area in which one series was to be expected.",
            Forecasts::area,
            Param.seriesList(),
            DELTA,
            BOOTSTRAP,
            SEASON));
  }

  private static long bootstrap(Call call) {
    long seconds = TimeText.offset(call.text("bootstrapInterval"));
    if (seconds < 0) {
      throw call.invalid("bootstrapInterval is less than 0");
    }
    return seconds;
  }

  private static List<Series> longer(Call call) {
    Span span = call.span();
    return call.again(new Span(span.from() - bootstrap(call), span.until(), span.now()));
  }

  private static HoltWinters analysed(Call call, Series one) {
    long season = TimeText.offset(call.text("seasonality")) / one.step();
    if (season < 2) {
      throw call.invalid("seasonality is less than two points");
    }
    one.tags().put("holtWintersForecast", "1");
    one.tags().put("holtWintersDeviation", "1");
    return HoltWinters.of(one, (int) Math.min(season, Integer.MAX_VALUE / 2));
  }

  /** What is left of values when those before the span are taken off. */
  private static double[] later(Call call, Series one, double[] values) {
    long before = bootstrap(call) / one.step();
    return Arrays.copyOfRange(values, (int) Math.min(before, values.length), values.length);
  }

  private static Series made(Call call, Series one, String name, double[] values) {
    Series made =
        new Series(name, name, one.tags(), one.start() + bootstrap(call), one.step(), values);
    return made.end(one.end()).xFilesFactor(one.xFilesFactor());
  }

  private static List<Series> forecast(Call call) {
    List<Series> results = new ArrayList<>();
    for (Series one : longer(call)) {
      double[] values = later(call, one, analysed(call, one).predictions());
      results.add(made(call, one, "holtWintersForecast(" + one.name() + ")", values));
    }
    return results;
  }

  private static List<Series> bands(Call call) {
    List<Series> results = new ArrayList<>();
    for (Series one : longer(call)) {
      HoltWinters analysis = analysed(call, one);
      one.tags().put("holtWintersConfidenceUpper", "1");
      one.tags().put("holtWintersConfidenceLower", "1");
      results.add(band(call, one, analysis, -call.number("delta")));
      results.add(band(call, one, analysis, call.number("delta")));
    }
    return results;
  }

  private static Series band(Call call, Series one, HoltWinters analysis, double delta) {
    double[] forecast = later(call, one, analysis.predictions());
    double[] deviations = later(call, one, analysis.deviations());
    double[] values = Pairs.map(forecast, deviations, (expected, off) -> expected + delta * off);
    String side = delta < 0 ? "Lower" : "Upper";
    String name = "holtWintersConfidence" + side + "(" + one.name() + ")";
    return made(call, one, name, values).pathExpression(one.pathExpression());
  }

  private static List<Series> aberration(Call call) {
    Map<String, Series> bands = new HashMap<>();
    bands(call).forEach(band -> bands.put(band.name(), band));
    List<Series> results = new ArrayList<>();
    for (Series one : call.series()) {
      Series lower = bands.get("holtWintersConfidenceLower(" + one.name() + ")");
      Series upper = bands.get("holtWintersConfidenceUpper(" + one.name() + ")");
      if (lower == null || upper == null) {
        continue;
      }
      String name = "holtWintersAberration(" + one.name() + ")";
      one.tags().put("holtWintersAberration", "1");
      double[] values = outside(one.values(), lower.values(), upper.values());
      Series made = new Series(name, name, one.tags(), one.start(), one.step(), values);
      results.add(made.end(one.end()).xFilesFactor(one.xFilesFactor()));
    }
    return results;
  }

  private static double[] outside(double[] values, double[] lower, double[] upper) {
    double[] outside = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (i < upper.length && values[i] > upper[i]) {
        outside[i] = values[i] - upper[i];
      } else if (i < lower.length && values[i] < lower[i]) {
        outside[i] = values[i] - lower[i];
      }
    }
    return outside;
  }

  private static List<Series> area(Call call) {
    List<Series> results = Looks.areaBetween(call, bands(call));
    for (Series one : results) {
      one.tags().remove("areaBetween");
      one.tags().put("holtWintersConfidenceArea", "1");
      Names.renamed(one, one.name().replace("areaBetween", "holtWintersConfidenceArea"));
    }
    return results;
  }
}
