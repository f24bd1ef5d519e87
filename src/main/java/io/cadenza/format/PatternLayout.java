package io.cadenza.format;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** A {@link TimeLayout} written as a pattern of java.time, with English names. */
final class PatternLayout implements TimeLayout {
  private final DateTimeFormatter formatter;
  private final InstantSource clock;

  PatternLayout(String pattern, InstantSource clock) {
    this.clock = clock;
    try {
      formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern)
              .toFormatter(Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "neither a layout of Go (\"2006-01-02 15:04:05\"), nor the name of one, nor a pattern of "
              + "java.time: \""
              + pattern
              + "\": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public long seconds(CharSequence text) {
    try {
      return Math.max(UNREADABLE, seconds(formatter.parse(text)));
    } catch (DateTimeException e) {
      return UNREADABLE;
    }
  }

  private long seconds(TemporalAccessor read) {
    if (read.isSupported(ChronoField.INSTANT_SECONDS)) {
      return read.getLong(ChronoField.INSTANT_SECONDS);
    }
    LocalTime time = read.query(TemporalQueries.localTime());
    ZoneId zone = read.query(TemporalQueries.zone());
    return date(read)
        .atTime(time == null ? LocalTime.MIDNIGHT : time)
        .atZone(zone == null ? ZoneOffset.UTC : zone)
        .toEpochSecond();
  }

  private LocalDate date(TemporalAccessor read) {
    LocalDate date = read.query(TemporalQueries.localDate());
    if (date != null) {
      return date;
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    boolean year = read.isSupported(ChronoField.YEAR);
    boolean month = read.isSupported(ChronoField.MONTH_OF_YEAR);
    boolean day = read.isSupported(ChronoField.DAY_OF_MONTH);
    if (!year && !month && !day) {
      return today;
    }
    return LocalDate.of(
        year ? read.get(ChronoField.YEAR) : today.getYear(),
        month ? read.get(ChronoField.MONTH_OF_YEAR) : 1,
        day ? read.get(ChronoField.DAY_OF_MONTH) : 1);
  }
}
