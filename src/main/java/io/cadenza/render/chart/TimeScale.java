package io.cadenza.render.chart;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Where the ticks of a time axis stand: at round times of a zone's clock, as close as their labels
 * allow. The first of a day, month or year is told by its name.
 */
final class TimeScale {
  private static final DateTimeFormatter SECOND = format("HH:mm:ss");
  private static final DateTimeFormatter MINUTE = format("HH:mm");
  private static final DateTimeFormatter DAY = format("d MMM");
  private static final DateTimeFormatter MONTH = format("MMM");
  private static final DateTimeFormatter YEAR = format("yyyy");
  private static final int MOST_MARKS = 200;
  private static final int[] YEARS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};

  /** Space between two labels, in widths of one. */
  private static final double APART = 1.6;

  /** From one tick to the next. */
  private record Step(int count, ChronoUnit unit) {
    double seconds() {
      return (double) count * unit.getDuration().toSeconds();
    }
  }

  private static final List<Step> STEPS = steps();

  private TimeScale() {}

  private static List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    add(steps, ChronoUnit.SECONDS, 1, 2, 5, 10, 15, 30);
    add(steps, ChronoUnit.MINUTES, 1, 2, 5, 10, 15, 30);
    add(steps, ChronoUnit.HOURS, 1, 2, 3, 6, 12);
    add(steps, ChronoUnit.DAYS, 1, 2);
    add(steps, ChronoUnit.WEEKS, 1);
    add(steps, ChronoUnit.MONTHS, 1, 3, 6);
    add(steps, ChronoUnit.YEARS, YEARS);
    return List.copyOf(steps);
  }

  private static void add(List<Step> steps, ChronoUnit unit, int... counts) {
    for (int count : counts) {
      steps.add(new Step(count, unit));
    }
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /**
   * @param from seconds since 1970, as {@code until}
   * @param length of the axis
   * @param width of a label, in the unit of the length
   */
  static List<Mark> marks(
      double from, double until, ZoneId zone, double length, ToDoubleFunction<String> width) {
    Step step = step(until - from, length, width);
    List<Mark> marks = new ArrayList<>();
    ZonedDateTime at = Instant.ofEpochSecond((long) Math.floor(from)).atZone(zone);
    at = roundedDown(at, step);
    while (at.toEpochSecond() <= until && marks.size() < MOST_MARKS) {
      if (at.toEpochSecond() >= from) {
        marks.add(new Mark(at.toEpochSecond(), label(at, step.unit)));
      }
      at = next(at, step);
    }
    return marks;
  }

  private static Step step(double span, double length, ToDoubleFunction<String> width) {
    for (Step step : STEPS) {
      double room = length * step.seconds() / span;
      if (room >= APART * width.applyAsDouble(widest(step.unit))) {
        return step;
      }
    }
    return STEPS.get(STEPS.size() - 1);
  }

  private static String widest(ChronoUnit unit) {
    return switch (unit) {
      case SECONDS -> "00:00:00";
      case MINUTES, HOURS -> "00:00";
      case DAYS, WEEKS -> "28 Mar";
      default -> "0000";
    };
  }

  /**
   * Where summer time begins or ends a step is shorter or longer, and ticks stay at round times.
   */
  private static ZonedDateTime next(ZonedDateTime at, Step step) {
    if (step.unit == ChronoUnit.HOURS && step.count > 1) {
      ZonedDateTime later =
          roundedDown(at, step).toLocalDateTime().plusHours(step.count).atZone(at.getZone());
      return later.isAfter(at) ? later : at.plusHours(step.count);
    }
    ZonedDateTime later = at.plus(step.count, step.unit);
    ZonedDateTime round = roundedDown(later, step);
    return round.isAfter(at) ? round : later;
  }

  private static ZonedDateTime roundedDown(ZonedDateTime at, Step step) {
    LocalDate date = at.toLocalDate();
    int count = step.count;
    return switch (step.unit) {
      case SECONDS, MINUTES, HOURS -> withinDay(at, step);
      case DAYS ->
          date.minusDays(Math.floorMod(date.toEpochDay(), count)).atStartOfDay(at.getZone());
      case WEEKS ->
          date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay(at.getZone());
      case MONTHS ->
          YearMonth.from(date)
              .minusMonths((date.getMonthValue() - 1) % count)
              .atDay(1)
              .atStartOfDay(at.getZone());
      default ->
          Year.of(date.getYear() - Math.floorMod(date.getYear(), count))
              .atDay(1)
              .atStartOfDay(at.getZone());
    };
  }

  private static ZonedDateTime withinDay(ZonedDateTime at, Step step) {
    int size = (int) step.seconds();
    int second = at.toLocalTime().toSecondOfDay() / size * size;
    // Of two times that a clock shows twice, that of the offset which holds.
    return ZonedDateTime.ofLocal(
        at.toLocalDate().atTime(LocalTime.ofSecondOfDay(second)), at.getZone(), at.getOffset());
  }

  private static String label(ZonedDateTime at, ChronoUnit unit) {
    boolean midnight = at.toLocalTime().equals(LocalTime.MIDNIGHT);
    return switch (unit) {
      case SECONDS -> SECOND.format(at);
      case MINUTES, HOURS -> (midnight ? DAY : MINUTE).format(at);
      case DAYS, WEEKS -> DAY.format(at);
      case MONTHS -> (at.getMonthValue() == 1 ? YEAR : MONTH).format(at);
      default -> YEAR.format(at);
    };
  }
}
