package io.cadenza.render.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimeScaleTest {
  private static final double LETTER = 6;

  private static List<String> labels(String from, String until, String zone, double length) {
    return TimeScale.marks(
            seconds(from), seconds(until), ZoneId.of(zone), length, text -> LETTER * text.length())
        .stream()
        .map(Mark::label)
        .toList();
  }

  private static long seconds(String time) {
    return Instant.parse(time).getEpochSecond();
  }

  @Test
  void shortTimeShowsSeconds() {
    assertThat(labels("2024-11-29T17:05:41Z", "2024-11-29T17:06:41Z", "UTC", 500))
        .containsExactly("17:05:50", "17:06:00", "17:06:10", "17:06:20", "17:06:30", "17:06:40");
  }

  @Test
  void someHoursShowMinutes() {
    assertThat(labels("2024-11-29T11:10:00Z", "2024-11-29T17:10:00Z", "UTC", 400))
        .containsExactly("12:00", "13:00", "14:00", "15:00", "16:00", "17:00");
  }

  @Test
  void midnightIsTheNameOfTheDay() {
    assertThat(labels("2024-11-29T10:00:00Z", "2024-11-30T10:00:00Z", "UTC", 300))
        .containsExactly("12:00", "18:00", "30 Nov", "06:00");
  }

  @Test
  void ticksStandAtTheClockOfTheZone() {
    assertThat(labels("2024-11-29T00:00:00Z", "2024-11-30T00:00:00Z", "Asia/Kolkata", 300))
        .containsExactly("06:00", "12:00", "18:00", "30 Nov");
  }

  @Test
  void ticksStayAtRoundTimesWhereSummerTimeEnds() {
    assertThat(labels("2024-10-26T16:00:00Z", "2024-10-27T16:00:00Z", "Europe/Berlin", 300))
        .containsExactly("18:00", "27 Oct", "06:00", "12:00");
    assertThat(labels("2024-03-30T16:00:00Z", "2024-03-31T16:00:00Z", "Europe/Berlin", 300))
        .containsExactly("18:00", "31 Mar", "06:00", "12:00", "18:00");
  }

  @Test
  void weeksShowDaysAndYearsShowMonths() {
    assertThat(labels("2024-11-20T10:00:00Z", "2024-11-27T10:00:00Z", "UTC", 500))
        .containsExactly("21 Nov", "22 Nov", "23 Nov", "24 Nov", "25 Nov", "26 Nov", "27 Nov");
    assertThat(labels("2024-10-10T00:00:00Z", "2025-04-10T00:00:00Z", "UTC", 400))
        .containsExactly("Nov", "Dec", "2025", "Feb", "Mar", "Apr");
    assertThat(labels("1990-10-10T00:00:00Z", "2025-04-10T00:00:00Z", "UTC", 400))
        .containsExactly("1995", "2000", "2005", "2010", "2015", "2020", "2025");
  }

  @Property
  void labelsNeverTouch(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long from,
      @ForAll @LongRange(min = 1, max = 2_000_000_000L) long span,
      @ForAll @IntRange(min = 60, max = 4096) int length) {
    List<Mark> marks =
        TimeScale.marks(from, from + span, ZoneOffset.UTC, length, text -> LETTER * text.length());

    assertThat(marks).hasSizeLessThanOrEqualTo(200);
    for (int i = 1; i < marks.size(); i++) {
      double apart = (marks.get(i).at() - marks.get(i - 1).at()) * length / span;
      assertThat(apart).isGreaterThan(LETTER * marks.get(i).label().length());
    }
  }
}
