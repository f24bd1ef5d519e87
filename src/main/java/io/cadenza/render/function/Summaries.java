package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.TimeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code summarize} and its like: one value for each interval of a length that is asked for. */
final class Summaries {
  private static final String TRANSFORM = "Transform";
  private static final Param INTERVAL =
      needs(ParamType.INTERVAL, "intervalString").suggesting("10min", "1h", "1d");

  private Summaries() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "summarize",
            TRANSFORM,
            "One value for each interval, of all that lie in it: their sum, or what func says."
                + " Intervals lie on multiples of their length, or begin with the series if"
                + " alignToFrom is true.",
            Summaries::summarize,
            Param.seriesList(),
            INTERVAL,
            may(ParamType.AGG_FUNC, "func", "sum"),
            may(ParamType.BOOLEAN, "alignToFrom", false)),
        Definition.of(
            "smartSummarize",
            TRANSFORM,
            "One value for each interval, which begin with the span that is asked for, or with the"
                + " year, month, week, day, hour or minute that it begins in.",
            Summaries::smart,
            Param.seriesList(),
            INTERVAL,
            may(ParamType.AGG_FUNC, "func", "sum"),
            may(ParamType.STRING, "alignTo")
                .suggesting("years", "months", "weeks", "days", "hours", "minutes", "seconds")));
  }

  /** The seconds of an interval, which are some. */
  static int interval(Call call, String param) {
    long seconds = TimeText.offset(call.text(param));
    if (seconds < 1 || seconds > Integer.MAX_VALUE) {
      throw call.invalid("an interval of " + seconds + " seconds");
    }
    return (int) seconds;
  }

  private static List<Series> summarize(Call call) {
    int interval = interval(call, "intervalString");
    boolean fromStart = call.flag("alignToFrom");
    List<Series> results = new ArrayList<>();
    for (Series one : call.series()) {
      long start =
          fromStart ? one.start() : one.start() - Math.floorMod(one.start(), (long) interval);
      long end =
          fromStart ? one.end() : one.end() - Math.floorMod(one.end(), (long) interval) + interval;
      double[] values = values(call, one, interval, start, end);
      one.tags().put("summarize", call.text("intervalString"));
      one.tags().put("summarizeFunction", call.text("func"));
      Series made = one.with(start, interval, values);
      made.end(fromStart ? made.end() : end);
      results.add(Names.renamed(made, name("summarize", one, call, fromStart ? ", true" : "")));
    }
    return results;
  }

  private static String name(String function, Series one, Call call, String more) {
    return "%s(%s, \"%s\", \"%s\"%s)"
        .formatted(function, one.name(), call.text("intervalString"), call.text("func"), more);
  }

  private static List<Series> smart(Call call) {
    int interval = interval(call, "intervalString");
    List<Series> results = new ArrayList<>();
    for (Series one : aligned(call)) {
      double[] values = values(call, one, interval, one.start(), one.end());
      one.tags().put("smartSummarize", call.text("intervalString"));
      one.tags().put("smartSummarizeFunction", call.text("func"));
      Series made = one.with(one.start(), interval, values);
      results.add(Names.renamed(made, name("smartSummarize", one, call, "")));
    }
    return results;
  }

  private static List<Series> aligned(Call call) {
    if (!call.has("alignTo") || isFlag(call.text("alignTo"))) {
      return call.series();
    }
    Span span = call.span();
    long from = Calendar.begin(span.from(), call.text("alignTo"), call.surroundings().zone());
    return call.again(new Span(from, span.until(), span.now()));
  }

  /** What the parameter was once. */
  private static boolean isFlag(String text) {
    return text.equals("True") || text.equals("False");
  }

  private static double[] values(Call call, Series one, int interval, long start, long end) {
    Aggregation aggregation = call.aggregation("func");
    long count = Math.max(0, -Math.floorDiv(start - end, (long) interval));
    call.points(count);
    double[] values = one.values();
    int length = (int) Math.min(values.length, Math.max(0, length(one)));
    double most = (double) interval / one.step();
    double[] results = new double[(int) count];
    Arrays.fill(results, Double.NaN);
    int next = 0;
    for (int i = 0; i < count; i++) {
      long begin = start + (long) i * interval;
      int first = next;
      int there = 0;
      while (next < length && one.start() + (long) next * one.step() < begin + interval) {
        long time = one.start() + (long) next * one.step();
        first = time <= begin ? next : first;
        there += time >= begin && !Double.isNaN(values[next]) ? 1 : 0;
        next++;
      }
      if (Aggregation.enough(there, most, one.xFilesFactor())) {
        results[i] = aggregation.of(values, first, next);
      }
    }
    return results;
  }

  /** How many steps lie between start and end, the last one perhaps not whole. */
  private static long length(Series one) {
    return -Math.floorDiv(one.start() - one.end(), (long) one.step());
  }
}
