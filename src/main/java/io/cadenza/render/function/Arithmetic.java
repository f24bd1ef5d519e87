package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.PythonFloat;
import io.cadenza.render.Series;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions that make another value of each one, whatever is around it. */
final class Arithmetic {
  private static final String TRANSFORM = "Transform";
  private static final String FACTOR = "factor";

  private Arithmetic() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "scale",
            TRANSFORM,
            "Multiplies each value by a number.",
            call -> withFactor(call, "scale", factor -> value -> value * factor),
            Param.seriesList(),
            needs(ParamType.FLOAT, FACTOR)),
        Definition.of(
            "offset",
            TRANSFORM,
            "Adds a number to each value.",
            call -> withFactor(call, "offset", factor -> value -> value + factor),
            Param.seriesList(),
            needs(ParamType.FLOAT, FACTOR)),
        Definition.of(
            "pow",
            TRANSFORM,
            "Each value to the power of a number.",
            call -> withFactor(call, "pow", factor -> value -> power(value, factor)),
            Param.seriesList(),
            needs(ParamType.FLOAT, FACTOR)),
        Definition.of(
            "add",
            TRANSFORM,
            "Adds a number to each value.",
            Arithmetic::add,
            Param.seriesList(),
            needs(ParamType.FLOAT, "constant")),
        Definition.of(
            "scaleToSeconds",
            TRANSFORM,
            "What each value, that of a step, is for so many seconds.",
            Arithmetic::scaleToSeconds,
            Param.seriesList(),
            needs(ParamType.FLOAT, "seconds")),
        Definition.of(
            "round",
            TRANSFORM,
            "Rounds each value to so many decimals, half to the even one.",
            Arithmetic::round,
            Param.seriesList(),
            may(ParamType.INTEGER, "precision", 0L)),
        Definition.of(
            "offsetToZero",
            TRANSFORM,
            "Takes the least value of each series from all of them, so that it begins at 0.",
            Arithmetic::offsetToZero,
            Param.seriesList()),
        Definition.of(
            "minMax",
            TRANSFORM,
            "Puts the values of each series between 0, the least, and 1, the greatest.",
            Arithmetic::minMax,
            Param.seriesList()),
        Definition.of(
            "log",
            TRANSFORM,
            "The logarithm of each value; nothing of 0 and less.",
            Arithmetic::log,
            Param.seriesList(),
            may(ParamType.INTEGER, "base", 10L)),
        plain("exp", "e", "e to the power of each value.", Math::exp),
        plain("squareRoot", "1", "The square root of each value.", v -> power(v, 0.5)),
        plain("invert", "1", "1 divided by each value; nothing of 0.", v -> power(v, -1)),
        plain("absolute", "1", "Each value without its sign.", Math::abs),
        plain("sigmoid", "sigmoid", "1 / (1 + e^-x) of each value x.", v -> 1 / (1 + Math.exp(-v))),
        plain(
            "logit",
            "logit",
            "log(x / (1 - x)) of each value x, between 0 and 1.",
            v -> finite(Math.log(v / (1 - v)))));
  }

  private static Definition plain(
      String name, String tag, String description, DoubleUnaryOperator operator) {
    return Definition.of(
        name,
        TRANSFORM,
        description,
        call -> {
          List<Series> all = call.series();
          all.forEach(one -> map(Names.wrapped(one, name, tag), operator));
          return all;
        },
        Param.seriesList());
  }

  /** Puts another value in the place of each. */
  static Series map(Series one, DoubleUnaryOperator operator) {
    double[] values = one.values();
    double[] others = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      others[i] = operator.applyAsDouble(values[i]);
    }
    return one.values(others);
  }

  /** Nothing where it is no number, or too large for one. */
  static double power(double base, double exponent) {
    if (Double.isNaN(base) || Double.isNaN(exponent)) {
      return Double.NaN;
    }
    double power = Math.pow(base, exponent);
    boolean ofFinite = !Double.isInfinite(base) && !Double.isInfinite(exponent);
    return ofFinite ? finite(power) : power;
  }

  private static double finite(double value) {
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  /** What a factor does to a value. */
  private interface ByFactor {
    DoubleUnaryOperator of(double factor);
  }

  private static List<Series> withFactor(Call call, String function, ByFactor operator) {
    double factor = call.number(FACTOR);
    List<Series> all = call.series();
    for (Series one : all) {
      one.tags().put(function, call.text(FACTOR));
      String name = function + "(" + one.name() + "," + Numbers.general(factor) + ")";
      map(Names.renamed(one, name), operator.of(factor));
    }
    return all;
  }

  private static List<Series> add(Call call) {
    double constant = call.number("constant");
    List<Series> all = call.series();
    for (Series one : all) {
      one.tags().put("add", call.text("constant"));
      String name = "add(" + one.name() + "," + Numbers.whole(constant) + ")";
      map(Names.renamed(one, name), value -> value + constant);
    }
    return all;
  }

  private static List<Series> scaleToSeconds(Call call) {
    double seconds = call.number("seconds");
    List<Series> all = call.series();
    for (Series one : all) {
      one.tags().put("scaleToSeconds", call.text("seconds"));
      double factor = seconds / one.step();
      String name = "scaleToSeconds(" + one.name() + "," + Numbers.whole(seconds) + ")";
      map(Names.renamed(one, name), value -> PythonFloat.round(value * factor, 6));
    }
    return all;
  }

  private static List<Series> round(Call call) {
    int precision = call.whole("precision");
    boolean given = !call.all("precision").isEmpty();
    List<Series> all = call.series();
    for (Series one : all) {
      one.tags().put("round", Integer.toString(precision));
      String name = "round(" + one.name() + (given ? "," + Numbers.general(precision) : "") + ")";
      map(Names.renamed(one, name), value -> PythonFloat.round(value, precision));
    }
    return all;
  }

  private static List<Series> offsetToZero(Call call) {
    List<Series> all = call.series();
    for (Series one : all) {
      double least = Aggregation.MIN.of(one.values());
      Names.wrapped(one, "offsetToZero", Numbers.exact(least));
      map(one, value -> value - least);
    }
    return all;
  }

  private static List<Series> minMax(Call call) {
    List<Series> all = call.series();
    for (Series one : all) {
      double least = Aggregation.MIN.of(one.values());
      double range = Aggregation.MAX.of(one.values()) - least;
      Names.renamed(one, "minMax(" + one.name() + ")");
      map(one, value -> range == 0 && !Double.isNaN(value) ? 0 : (value - least) / range);
    }
    return all;
  }

  private static List<Series> log(Call call) {
    double base = Math.log(call.number("base"));
    List<Series> all = call.series();
    for (Series one : all) {
      one.tags().put("log", call.text("base"));
      String name = "log(" + one.name() + ", " + call.text("base") + ")";
      map(Names.renamed(one, name), value -> value <= 0 ? Double.NaN : Math.log(value) / base);
    }
    return all;
  }
}
