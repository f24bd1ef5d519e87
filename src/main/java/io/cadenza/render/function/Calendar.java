package io.cadenza.render.function;

import io.cadenza.render.RenderException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** Where the year, month, week ... begins that a time is in. */
final class Calendar {
  private Calendar() {}

  /**
   * That time, in seconds since 1970.
   *
   * @param unit by the beginning of its name; {@code weeks3} are weeks that begin on Wednesday
   */
  static long begin(long time, String unit, ZoneId zone) {
    ZonedDateTime at = Instant.ofEpochSecond(time).atZone(zone);
    return begin(at, unit).toEpochSecond();
  }

  private static ZonedDateTime begin(ZonedDateTime at, String unit) {
    ZonedDateTime day = at.truncatedTo(ChronoUnit.DAYS);
    if (unit.startsWith("y")) {
      return day.withDayOfYear(1);
    } else if (unit.startsWith("mon")) {
      return day.withDayOfMonth(1);
    } else if (unit.startsWith("w")) {
      return day.with(TemporalAdjusters.previousOrSame(firstOfWeek(unit)));
    } else if (unit.startsWith("d")) {
      return day;
    } else if (unit.startsWith("h")) {
      return at.truncatedTo(ChronoUnit.HOURS);
    } else if (unit.startsWith("min")) {
      return at.truncatedTo(ChronoUnit.MINUTES);
    } else if (unit.startsWith("s")) {
      return at;
    }
    throw RenderException.invalid("Invalid unit '" + unit + "' to align to");
  }

  private static DayOfWeek firstOfWeek(String unit) {
    char last = unit.charAt(unit.length() - 1);
    return last >= '1' && last <= '7' ? DayOfWeek.of(last - '0') : DayOfWeek.MONDAY;
  }

  /** Where the day, hour or minute begins, whichever an interval is at least as long as. */
  static long beginOf(long interval, long time, ZoneId zone) {
    if (interval >= 86_400) {
      return begin(time, "days", zone);
    } else if (interval >= 3600) {
      return begin(time, "hours", zone);
    }
    return interval >= 60 ? begin(time, "minutes", zone) : time;
  }
}
