package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Look;
import io.cadenza.render.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Functions that say how series are drawn; some change names too. */
final class Looks {
  private static final String GRAPH = "Graph";
  private static final String DEFAULT_STACK = "__DEFAULT__";

  private Looks() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "color",
            GRAPH,
            "Draws the series in this colour: a name or rrggbb.",
            call -> look(call, look -> look.withColor(call.text("theColor"))),
            Param.seriesList(),
            needs(ParamType.STRING, "theColor")),
        Definition.of(
            "alpha",
            GRAPH,
            "Draws the series as opaque as this, from 0 to 1.",
            call -> look(call, look -> look.withAlpha(call.number("alpha"))),
            Param.seriesList(),
            needs(ParamType.FLOAT, "alpha")),
        Definition.of(
            "lineWidth",
            GRAPH,
            "Draws the series so many pixels wide.",
            call -> look(call, look -> look.withLineWidth(call.number("width"))),
            Param.seriesList(),
            needs(ParamType.FLOAT, "width")),
        Definition.of(
            "dashed",
            GRAPH,
            "Draws the series with dashes of so many pixels.",
            Looks::dashed,
            Param.seriesList(),
            may(ParamType.INTEGER, "dashLength", 5L)),
        Definition.of(
            "drawAsInfinite",
            GRAPH,
            "Draws a line from bottom to top wherever a series has a value that isn't 0.",
            call -> wrapped(call, "drawAsInfinite", Look::asInfinite),
            Param.seriesList()),
        Definition.of(
            "secondYAxis",
            GRAPH,
            "Draws the series by the scale on the right.",
            call -> wrapped(call, "secondYAxis", Look::onSecondYAxis),
            Param.seriesList()),
        Definition.of(
            "stacked",
            GRAPH,
            "Draws each series on top of those before it, of the same stack.",
            Looks::stacked,
            Param.seriesList(),
            may(ParamType.STRING, "stack")),
        Definition.of(
            "areaBetween",
            GRAPH,
            "Draws the area between two series.",
            call -> areaBetween(call, call.series()),
            Param.seriesList()));
  }

  private static List<Series> look(Call call, UnaryOperator<Look> change) {
    List<Series> all = call.series();
    all.forEach(one -> one.look(change.apply(one.look())));
    return all;
  }

  private static List<Series> dashed(Call call) {
    double length = call.number("dashLength");
    List<Series> all = look(call, look -> look.withDash(length));
    for (Series one : all) {
      one.tags().put("dashed", call.text("dashLength"));
      one.name("dashed(" + one.name() + ", " + Numbers.general(length) + ")");
    }
    return all;
  }

  private static List<Series> wrapped(Call call, String function, UnaryOperator<Look> change) {
    List<Series> all = look(call, change);
    for (Series one : all) {
      one.tags().put(function, "1");
      one.name(function + "(" + one.name() + ")");
    }
    return all;
  }

  private static List<Series> stacked(Call call) {
    String stack = call.has("stack") ? call.text("stack") : DEFAULT_STACK;
    Map<String, double[]> stacks = call.surroundings().stacks();
    List<Series> all = call.series();
    for (Series one : all) {
      double[] heights = stacks.getOrDefault(stack, new double[0]);
      heights = Arrays.copyOf(heights, Math.max(heights.length, one.values().length));
      one.values(onTop(one.values(), heights));
      stacks.put(stack, heights);
      String name = one.name();
      if (stack.equals(DEFAULT_STACK)) {
        one.tags().put("stacked", stack);
        name = "stacked(" + name + ")";
      }
      Names.renamed(one, name).look(one.look().stackedUp(false));
    }
    return all;
  }

  private static double[] onTop(double[] values, double[] heights) {
    double[] tops = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      heights[i] += Double.isNaN(values[i]) ? 0 : values[i];
      tops[i] = Double.isNaN(values[i]) ? Double.NaN : heights[i];
    }
    return tops;
  }

  static List<Series> areaBetween(Call call, List<Series> both) {
    if (both.size() != 2) {
      throw call.invalid("areaBetween series argument must reference *exactly* 2 series");
    }
    Series lower = both.get(0);
    Series upper = both.get(1);
    upper.tags().put("areaBetween", "1");
    lower.tags().clear();
    lower.tags().putAll(upper.tags());
    String name = "areaBetween(" + upper.pathExpression() + ")";
    lower.name(name).look(lower.look().stackedUp(true));
    upper.name(name).look(upper.look().stackedUp(false));
    return both;
  }
}
