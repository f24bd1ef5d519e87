package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.PythonFloat;
import io.cadenza.render.Series;
import io.cadenza.render.TimeText;
import java.util.ArrayList;
import java.util.List;

/** Functions that look at how values change from one to the next, or add them up. */
final class Derivatives {
  private static final String TRANSFORM = "Transform";
  private static final Param MOST = may(ParamType.FLOAT, "maxValue");
  private static final Param LEAST = may(ParamType.FLOAT, "minValue");

  private Derivatives() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "derivative",
            TRANSFORM,
            "Each value less the one before it.",
            call -> changed(call, "derivative", (one, from) -> differences(one.values())),
            Param.seriesList()),
        Definition.of(
            "nonNegativeDerivative",
            TRANSFORM,
            "Each value less the one before it, of counters: nothing where it became less, unless"
                + " maxValue says where the counter begins anew.",
            call -> changed(call, "nonNegativeDerivative", Derivatives::increases),
            Param.seriesList(),
            MOST,
            LEAST),
        Definition.of(
            "perSecond",
            TRANSFORM,
            "How much a counter grew in each second, as nonNegativeDerivative divided by the step.",
            call -> changed(call, "perSecond", Derivatives::perSecond),
            Param.seriesList(),
            MOST,
            LEAST),
        Definition.of(
            "integral",
            TRANSFORM,
            "The sum of each value and all before it.",
            call -> changed(call, "integral", (one, from) -> sums(one.values())),
            Param.seriesList()),
        Definition.of(
            "integralByInterval",
            TRANSFORM,
            "The sum of each value and those before it, begun anew with each interval, as a day.",
            Derivatives::sumsByInterval,
            Param.seriesList(),
            needs(ParamType.STRING, "intervalUnit")),
        Definition.of(
            "delay",
            TRANSFORM,
            "Moves the values to later steps, or earlier ones.",
            Derivatives::delay,
            Param.seriesList(),
            needs(ParamType.INTEGER, "steps")));
  }

  /** Values of a series, made with the parameters of a call. */
  private interface Change {
    double[] of(Series one, Call call);
  }

  private static List<Series> changed(Call call, String function, Change change) {
    List<Series> all = call.series();
    for (Series one : all) {
      Names.wrapped(one, function, "1").values(change.of(one, call));
    }
    return all;
  }

  private static double[] differences(double[] values) {
    double[] differences = new double[values.length];
    double before = Double.NaN;
    for (int i = 0; i < values.length; i++) {
      differences[i] = values[i] - before;
      before = values[i];
    }
    return differences;
  }

  private static double[] increases(Series one, Call call) {
    double most = call.number("maxValue", Double.NaN);
    double least = call.number("minValue", Double.NaN);
    double[] values = one.values();
    double[] increases = new double[values.length];
    double before = Double.NaN;
    for (int i = 0; i < values.length; i++) {
      boolean outside = values[i] > most || values[i] < least;
      increases[i] = outside ? Double.NaN : increase(values[i], before, most, least);
      before = outside ? Double.NaN : values[i];
    }
    return increases;
  }

  private static double increase(double value, double before, double most, double least) {
    if (value >= before || Double.isNaN(value) || Double.isNaN(before)) {
      return value - before;
    }
    if (!Double.isNaN(most)) {
      return most + 1 + value - before - (Double.isNaN(least) ? 0 : least);
    }
    return value - least;
  }

  private static double[] perSecond(Series one, Call call) {
    double[] increases = increases(one, call);
    for (int i = 0; i < increases.length; i++) {
      increases[i] = PythonFloat.round(increases[i] / one.step(), 6);
    }
    return increases;
  }

  private static double[] sums(double[] values) {
    double[] sums = new double[values.length];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      boolean there = !Double.isNaN(values[i]);
      sum += there ? values[i] : 0;
      sums[i] = there ? sum : Double.NaN;
    }
    return sums;
  }

  private static List<Series> sumsByInterval(Call call) {
    String unit = call.text("intervalUnit");
    long interval = Math.abs(TimeText.offset(unit));
    if (interval == 0) {
      throw call.invalid("an interval of 0 seconds");
    }
    List<Series> results = new ArrayList<>();
    for (Series one : call.series()) {
      double[] sums = sumsByInterval(one, call.span().from(), interval);
      one.tags().put("integralByInterval", unit);
      String name = "integralByInterval(" + one.name() + ",'" + unit + "')";
      results.add(Names.renamed(one, name).values(sums));
    }
    return results;
  }

  private static double[] sumsByInterval(Series one, long from, long interval) {
    double[] sums = new double[one.values().length];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      long since = one.start() - from + (long) i * one.step();
      boolean anew = Math.floorDiv(since, interval) != Math.floorDiv(since - one.step(), interval);
      double value = Double.isNaN(one.values()[i]) ? 0 : one.values()[i];
      sum = anew ? value : sum + value;
      sums[i] = sum;
    }
    return sums;
  }

  private static List<Series> delay(Call call) {
    int steps = call.whole("steps");
    List<Series> all = call.series();
    for (Series one : all) {
      double[] values = one.values();
      double[] moved = Rows.nothing(values.length);
      for (int i = Math.max(0, steps); i < Math.min(values.length, values.length + steps); i++) {
        moved[i] = values[i - steps];
      }
      one.tags().put("delay", Integer.toString(steps));
      Names.renamed(one, "delay(" + one.name() + "," + steps + ")").values(moved);
    }
    return all;
  }
}
