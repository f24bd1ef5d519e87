package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.TimeText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Functions that draw one figure of a series as a line: its aggregation, percentile or trend. */
final class Calculations {
  private static final String CALCULATE = "Calculate";

  /** The squares of so many indices add up to what a long holds. */
  private static final int MOST = 3_000_000;

  private Calculations() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "aggregateLine",
            CALCULATE,
            "A level line at the aggregation of all values of each series; keepStep gives it as"
                + " many points as the series has.",
            Calculations::aggregateLine,
            Param.seriesList(),
            may(ParamType.AGG_FUNC, "func", "average"),
            may(ParamType.BOOLEAN, "keepStep", false)),
        Definition.of(
            "nPercentile",
            CALCULATE,
            "A level line at the n-th percentile of all values of each series.",
            Calculations::percentile,
            Param.seriesList(),
            needs(ParamType.FLOAT, "n")),
        Definition.of(
            "linearRegression",
            CALCULATE,
            "The straight line nearest to the values of each series, or to those between two other"
                + " times.",
            Calculations::regression,
            Param.seriesList(),
            may(ParamType.DATE, "startSourceAt"),
            may(ParamType.DATE, "endSourceAt")));
  }

  private static List<Series> aggregateLine(Call call) {
    Aggregation aggregation = call.aggregation("func");
    List<Series> results = new ArrayList<>();
    for (Series one : call.series()) {
      double value = aggregation.of(one.values());
      String shown = Double.isNaN(value) ? "None" : Numbers.general(value);
      String name = "aggregateLine(" + one.name() + ", " + shown + ")";
      results.add(Names.renamed(line(call, one, aggregation, value), name));
    }
    return results;
  }

  private static Series line(Call call, Series one, Aggregation aggregation, double value) {
    if (call.flag("keepStep")) {
      double[] values = new double[one.values().length];
      Arrays.fill(values, value);
      return one.with(one.start(), one.step(), values).end(one.end());
    }
    boolean whole = aggregation == Aggregation.COUNT;
    return Lines.constant(
        call,
        whole
            ? new Value.Whole((long) value)
            : Double.isNaN(value) ? new Value.None() : new Value.Decimal(value));
  }

  private static List<Series> percentile(Call call) {
    double n = call.number("n");
    if (n == 0) {
      throw call.invalid("The requested percent is required to be greater than 0");
    }
    List<Series> results = new ArrayList<>();
    for (Series one : call.series()) {
      double value = percentile(one, n);
      if (!Double.isNaN(value)) {
        long count = Math.max(0, (one.end() - one.start()) / one.step());
        call.points(count);
        double[] values = new double[(int) count];
        Arrays.fill(values, value);
        one.tags().put("nPercentile", call.text("n"));
        Series line = one.with(one.start(), one.step(), values).end(one.end());
        String name = "nPercentile(" + one.name() + ", " + Numbers.general(n) + ")";
        results.add(Names.renamed(line, name));
      }
    }
    return results;
  }

  /** That of all its values; nothing of none. */
  static double percentile(Series one, double n) {
    double[] sorted = Aggregation.sorted(one.values(), 0, one.values().length);
    return Percentile.of(sorted, n, false);
  }

  private static List<Series> regression(Call call) {
    Span span = call.span();
    long from = time(call, "startSourceAt", span.from());
    long until = time(call, "endSourceAt", span.until());
    List<Series> all = call.series();
    List<Series> sources = call.again(new Span(from, until, span.now()));
    if (sources.stream().anyMatch(source -> source.values().length > MOST)) {
      throw call.invalid("of more than " + MOST + " points");
    }
    List<Series> results = new ArrayList<>();
    for (int i = 0; i < Math.min(all.size(), sources.size()); i++) {
      Series one = all.get(i);
      one.tags().put("linearRegressions", from + ", " + until);
      double[] values = trend(sources.get(i), one);
      if (values != null) {
        String name = "linearRegression(%s, %d, %d)".formatted(one.name(), from, until);
        Series made = new Series(name, name, one.tags(), one.start(), one.step(), values);
        results.add(made.end(one.end()).xFilesFactor(one.xFilesFactor()));
      }
    }
    return results;
  }

  private static long time(Call call, String param, long otherwise) {
    return call.has(param)
        ? TimeText.parse(call.text(param), call.span().now(), call.surroundings().zone())
        : otherwise;
  }

  /** The line nearest to one series, at the times of another; null when there is none. */
  private static double[] trend(Series source, Series at) {
    double[] values = source.values();
    long count = 0;
    long indices = 0;
    long indexSquares = 0;
    double sum = 0;
    double products = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        count++;
        indices += i;
        indexSquares += (long) i * i;
        sum += values[i];
        products += i * values[i];
      }
    }
    BigInteger spread =
        BigInteger.valueOf(count)
            .multiply(BigInteger.valueOf(indexSquares))
            .subtract(BigInteger.valueOf(indices).pow(2));
    if (spread.signum() == 0) {
      return null;
    }
    double denominator = spread.doubleValue();
    double factor = (count * products - indices * sum) / denominator / source.step();
    double offset =
        (indexSquares * sum - products * indices) / denominator - factor * source.start();
    double[] line = new double[at.values().length];
    for (int i = 0; i < line.length; i++) {
      line[i] = offset + (at.start() + (long) i * at.step()) * factor;
    }
    return line;
  }
}
