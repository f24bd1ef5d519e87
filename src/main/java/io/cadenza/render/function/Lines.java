package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.TimeText;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;

/** Functions that make series of nothing. */
final class Lines {
  private static final String SPECIAL = "Special";
  private static final String TRANSFORM = "Transform";
  private static final Param NAME = needs(ParamType.STRING, "name");
  private static final Param STEP = may(ParamType.INTEGER, "step", 60L);

  private Lines() {}

  static List<Definition> all() {
    Definition sin =
        Definition.of(
            "sinFunction",
            TRANSFORM,
            "The sine of the time, to try graphs with.",
            Lines::sine,
            NAME,
            may(ParamType.INTEGER, "amplitude", 1L),
            STEP);
    Definition time =
        Definition.of(
            "timeFunction",
            TRANSFORM,
            "The seconds since 1970 of each point.",
            call -> List.of(line(call, step(call), at -> (double) at)),
            NAME,
            STEP);
    Definition walk =
        Definition.of(
            "randomWalkFunction",
            SPECIAL,
            "A line that goes up and down by chance, the same one for the same name and span.",
            Lines::randomWalk,
            NAME,
            STEP);
    return List.of(
        Definition.of(
            "constantLine",
            SPECIAL,
            "A level line at a value.",
            call -> List.of(constant(call, call.value("value"))),
            needs(ParamType.FLOAT, "value")),
        Definition.of(
            "threshold",
            "Graph",
            "A level line at a value, with a name and colour.",
            Lines::threshold,
            needs(ParamType.FLOAT, "value"),
            may(ParamType.STRING, "label"),
            may(ParamType.STRING, "color")),
        Definition.of(
            "verticalLine",
            "Graph",
            "A line from bottom to top at a time.",
            Lines::vertical,
            needs(ParamType.DATE, "ts"),
            may(ParamType.STRING, "label"),
            may(ParamType.STRING, "color")),
        Definition.of(
            "identity",
            "Calculate",
            "The seconds since 1970, each minute.",
            call ->
                List.of(
                    line(call, 60, at -> (double) at)
                        .pathExpression("identity(\"" + call.text("name") + "\")")),
            NAME),
        Definition.of(
            "events",
            SPECIAL,
            "How many events with these tags were in each second.",
            Lines::events,
            needs(ParamType.STRING, "tags").manyTimes()),
        sin,
        sin.called("sin"),
        time,
        time.called("time"),
        walk,
        walk.called("randomWalk"));
  }

  /** Three points of one value, over all of the span. */
  static Series constant(Call call, Value value) {
    Span span = call.span();
    long step = Math.max(1, Math.min((span.until() - span.from()) / 2, Integer.MAX_VALUE));
    double[] values = new double[3];
    Arrays.fill(values, value.number());
    String name = value.text();
    return call.made(name, span.from(), (int) step, values)
        .end(span.until())
        .pathExpression("constantLine(" + name + ")");
  }

  private static int step(Call call) {
    int step = call.whole("step");
    if (step < 1) {
      throw call.invalid("step is less than 1");
    }
    return step;
  }

  private static Series line(Call call, int step, LongToDoubleFunction value) {
    Span span = call.span();
    long count = -Math.floorDiv(span.from() - span.until(), (long) step);
    call.points(count);
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsDouble(span.from() + (long) i * step);
    }
    return call.made(call.text("name"), span.from(), step, values).end(span.until());
  }

  private static List<Series> sine(Call call) {
    double amplitude = call.number("amplitude");
    return List.of(line(call, step(call), at -> Math.sin(at) * amplitude));
  }

  private static List<Series> randomWalk(Call call) {
    SplittableRandom random =
        new SplittableRandom(call.text("name").hashCode() ^ call.span().from());
    double[] current = {0};
    return List.of(
        line(
            call,
            step(call),
            at -> {
              double value = current[0];
              current[0] += random.nextDouble() - 0.5;
              return value;
            }));
  }

  private static List<Series> threshold(Call call) {
    Series line = constant(call, call.value("value"));
    String label = call.text("label");
    return List.of(colored(call, label == null || label.isEmpty() ? line : line.name(label)));
  }

  private static Series colored(Call call, Series line) {
    String color = call.text("color");
    boolean none = color == null || color.isEmpty();
    return none ? line : line.look(line.look().withColor(color));
  }

  private static List<Series> vertical(Call call) {
    Span span = call.span();
    long time = TimeText.parse(call.text("ts"), span.now(), call.surroundings().zone());
    if (time < span.from()) {
      throw call.invalid("timestamp " + time + " exists before start of range");
    }
    if (time > span.until()) {
      throw call.invalid("timestamp " + time + " exists after end of range");
    }
    String label = call.has("label") ? call.text("label") : "None";
    Series line = call.made(label, time, 1, new double[] {1, 1}).end(time);
    return List.of(colored(call, line.look(line.look().asInfinite())));
  }

  private static List<Series> events(Call call) {
    Span span = call.span();
    List<String> tags = call.texts("tags");
    String name = tags.stream().collect(Collectors.joining("\", \"", "events(\"", "\")"));
    long count = span.until() - span.from();
    call.points(count);
    double[] values = Rows.nothing((int) count);
    for (long time : call.surroundings().events(tags)) {
      long at = time - span.from();
      if (at >= 0 && at < count) {
        values[(int) at] = Double.isNaN(values[(int) at]) ? 1 : values[(int) at] + 1;
      }
    }
    return List.of(call.made(name, span.from(), 1, values).end(span.until()).consolidation("sum"));
  }
}
