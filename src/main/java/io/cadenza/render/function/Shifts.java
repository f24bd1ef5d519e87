package io.cadenza.render.function;

import static io.cadenza.render.function.Param.may;
import static io.cadenza.render.function.Param.needs;

import io.cadenza.render.Series;
import io.cadenza.render.SeriesSource.Span;
import io.cadenza.render.TimeText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Functions that show values of another time as if they were of this one. */
final class Shifts {
  private static final String TRANSFORM = "Transform";
  private static final Object[] USUAL = {"1h", "6h", "12h", "1d", "2d", "7d", "14d", "30d"};

  private Shifts() {}

  static List<Definition> all() {
    return List.of(
        Definition.of(
            "timeShift",
            TRANSFORM,
            "What the series were so long before, or with + after. resetEnd=false lets them end"
                + " where they do, alignDst keeps the hour of the day over a change of the clock.",
            Shifts::timeShift,
            Param.seriesList(),
            needs(ParamType.INTERVAL, "timeShift").suggesting(USUAL),
            may(ParamType.BOOLEAN, "resetEnd", true),
            may(ParamType.BOOLEAN, "alignDst", false)),
        Definition.of(
            "timeStack",
            TRANSFORM,
            "What the series were at several times before: timeShiftStart to timeShiftEnd times"
                + " the unit.",
            Shifts::timeStack,
            Param.seriesList(),
            may(ParamType.INTERVAL, "timeShiftUnit", "1d").suggesting(USUAL),
            may(ParamType.INTEGER, "timeShiftStart", 0L),
            may(ParamType.INTEGER, "timeShiftEnd", 7L)),
        Definition.of(
            "timeSlice",
            TRANSFORM,
            "Only the values between two times.",
            Shifts::timeSlice,
            Param.seriesList(),
            needs(ParamType.DATE, "startSliceAt"),
            may(ParamType.DATE, "endSliceAt", "now")));
  }

  /** Without a sign it is in the past. */
  private static String signed(String interval) {
    boolean digit = !interval.isEmpty() && Character.isDigit(interval.charAt(0));
    return digit ? "-" + interval : interval;
  }

  private static List<Series> timeShift(Call call) {
    String shift = signed(call.text("timeShift"));
    Span moved = call.span().moved(TimeText.offset(shift));
    if (call.flag("alignDst")) {
      moved = moved.moved(clockChange(call.span(), moved, call.surroundings().zone()));
    }
    List<Series> all = call.series();
    if (all.isEmpty()) {
      return List.of();
    }
    Series first = all.get(0);
    List<Series> results = call.again(moved);
    for (Series one : results) {
      one.tags().put("timeShift", shift);
      one.name("timeShift(" + one.name() + ", \"" + shift + "\")");
      long end = call.flag("resetEnd") ? first.end() : one.end() - one.start() + first.start();
      one.from(first.start(), end);
    }
    return results;
  }

  /** How much later the same hour of the day is there, when all of a span has other clocks. */
  private static long clockChange(Span here, Span there, ZoneId zone) {
    boolean summer = isSummer(here.from(), zone);
    boolean otherSummer = isSummer(there.from(), zone);
    boolean whole =
        summer == isSummer(here.until(), zone) && otherSummer == isSummer(there.until(), zone);
    if (!whole || summer == otherSummer) {
      return 0;
    }
    return summer ? 3600 : -3600;
  }

  private static boolean isSummer(long time, ZoneId zone) {
    return zone.getRules().isDaylightSavings(Instant.ofEpochSecond(time));
  }

  private static List<Series> timeStack(Call call) {
    String unit = signed(call.text("timeShiftUnit"));
    long seconds = TimeText.offset(unit);
    List<Series> all = call.series();
    List<Series> results = new ArrayList<>();
    if (all.isEmpty()) {
      return results;
    }
    Series first = all.get(0);
    for (int i = call.whole("timeShiftStart"); i < call.whole("timeShiftEnd"); i++) {
      call.points(1);
      for (Series one : call.again(call.span().moved(Math.multiplyExact(seconds, (long) i)))) {
        one.tags().put("timeShiftUnit", unit);
        one.tags().put("timeShift", Integer.toString(i));
        Names.renamed(one, "timeShift(%s, %s, %d)".formatted(one.name(), unit, i));
        results.add(one.from(first.start(), first.end()));
      }
    }
    return results;
  }

  private static List<Series> timeSlice(Call call) {
    ZoneId zone = call.surroundings().zone();
    long start = TimeText.parse(call.text("startSliceAt"), call.span().now(), zone);
    long end = TimeText.parse(call.text("endSliceAt"), call.span().now(), zone);
    List<Series> all = call.series();
    for (Series one : all) {
      double[] values = one.values().clone();
      for (int i = 0; i < values.length; i++) {
        long time = call.span().from() + (long) i * one.step();
        values[i] = time < start || time > end ? Double.NaN : values[i];
      }
      one.tags().put("timeSliceStart", Long.toString(start));
      one.tags().put("timeSliceEnd", Long.toString(end));
      one.name("timeSlice(%s, %d, %d)".formatted(one.name(), start, end)).values(values);
    }
    return all;
  }
}
