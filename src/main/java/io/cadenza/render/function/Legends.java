package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;

import io.cadenza.render.PythonFloat;
import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** Functions that write figures of a series into its name. */
final class Legends {
  private static final String SI = "si";
  private static final String BINARY = "binary";
  private static final String[] SI_UNITS = {"P", "T", "G", "M", "k"};
  private static final String[] BINARY_UNITS = {"Pi", "Ti", "Gi", "Mi", "Ki"};

  private Legends() {}

  static List<Definition> all() {
    List<String> words = new ArrayList<>(Aggregation.namesWithSeries());
    words.addAll(List.of(SI, BINARY));
    return List.of(
        Definition.of(
            "legendValue",
            "Alias",
            "Adds figures of its values to the name of each series, such as avg, max or last; si"
                + " or binary at the end writes them with units.",
            Legends::legendValue,
            Param.seriesList(),
            may(ParamType.STRING, "valuesTypes").oneOf(words.toArray()).manyTimes()),
        Definition.of(
            "cactiStyle",
            "Special",
            "Adds the last, greatest and least value to the name of each series, in columns.",
            Legends::cactiStyle,
            Param.seriesList(),
            may(ParamType.STRING, "system").oneOf(SI, BINARY),
            may(ParamType.STRING, "units")));
  }

  private static List<Series> legendValue(Call call) {
    List<String> types = new ArrayList<>(call.texts("valuesTypes"));
    String last = types.isEmpty() ? "" : types.get(types.size() - 1);
    boolean units = last.equals(SI) || last.equals(BINARY);
    if (units) {
      types.remove(types.size() - 1);
    }
    List<Series> all = call.series();
    for (String type : types) {
      for (Series one : all) {
        String name = one.name();
        one.name(
            units
                ? left(name, 20) + left(type, 5) + left(withUnits(type, one, last), 10)
                : name + " (" + type + ": " + plain(type, one) + ")");
      }
    }
    return all;
  }

  private static boolean isKnown(String type) {
    return Aggregation.names().contains(type);
  }

  private static String plain(String type, Series one) {
    if (!isKnown(type)) {
      return "(?)";
    }
    Aggregation aggregation = Aggregation.named(type);
    double value = aggregation.of(one.values());
    return aggregation == Aggregation.COUNT ? Numbers.whole(value) : Numbers.exact(value);
  }

  private static String withUnits(String type, Series one, String system) {
    if (!isKnown(type)) {
      return "(?)";
    }
    double value = Aggregation.named(type).of(one.values());
    return Double.isNaN(value) ? "None" : inUnits(value, system, "", "");
  }

  /**
   * @param between what stands before the unit
   */
  private static String inUnits(double value, String system, String between, String units) {
    double thousand = system.equals(BINARY) ? 1024 : 1000;
    String[] prefixes = system.equals(BINARY) ? BINARY_UNITS : SI_UNITS;
    for (int i = 0; i < prefixes.length; i++) {
      double size = Math.pow(thousand, prefixes.length - i);
      if (Math.abs(value) >= size) {
        return PythonFloat.fixed(whole(value / size, value), 2) + between + prefixes[i] + units;
      }
    }
    return PythonFloat.fixed(whole(value, value), 2) + between + units;
  }

  /** Without what is hardly anything behind the point. */
  private static double whole(double scaled, double value) {
    double floor = Math.floor(scaled);
    return scaled - floor < 0.00000000001 && value > 1 ? floor : scaled;
  }

  private static List<Series> cactiStyle(Call call) {
    List<Series> all = call.series();
    DoubleFunction<String> format = format(call.text("system"), call.text("units"));
    int names = all.stream().mapToInt(one -> one.name().length()).max().orElse(0);
    int last = width(all, Aggregation.LAST, format);
    int most = width(all, Aggregation.MAX, format);
    int least = width(all, Aggregation.MIN, format);
    for (Series one : all) {
      one.name(
          left(one.name(), names)
              + " Current:"
              + left(figure(one, Aggregation.LAST, format), last)
              + " Max:"
              + left(figure(one, Aggregation.MAX, format), most)
              + " Min:"
              + left(figure(one, Aggregation.MIN, format), least)
              + " ");
    }
    return all;
  }

  private static DoubleFunction<String> format(String system, String units) {
    String unit = units == null ? "" : units;
    String between = unit.isEmpty() ? "" : " ";
    return system == null
        ? value -> PythonFloat.fixed(value, 2) + between + unit
        : value -> inUnits(value, system, between, unit);
  }

  /** As wide as the widest whole part of them, and three more. */
  private static int width(
      List<Series> all, Aggregation aggregation, DoubleFunction<String> format) {
    ToDoubleFunction<Series> whole =
        one -> {
          double value = aggregation.of(one.values());
          return Double.isNaN(value) || value == 0 ? 3 : (long) value;
        };
    return 3
        + all.stream()
            .mapToInt(one -> format.apply(whole.applyAsDouble(one)).length())
            .max()
            .orElse(0);
  }

  private static String figure(Series one, Aggregation aggregation, DoubleFunction<String> format) {
    double value = aggregation.of(one.values());
    return Double.isNaN(value) ? "nan" : format.apply(value);
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
