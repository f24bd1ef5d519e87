package io.cadenza.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLayoutTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2023-11-14T22:13:20Z"));

  private static long seconds(String layout, String text) {
    return TimeLayout.of(layout, CLOCK).seconds(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Mon Jan 2 15:04:05 MST 2006 ! Tue Nov 14 22:13:20 UTC 2023",
        "ANSIC ! Tue Nov 14 22:13:20 2023",
        "UnixDate ! Tue Nov 14 17:13:20 EST 2023",
        "RubyDate ! Tue Nov 14 23:13:20 +0100 2023",
        "RFC822Z ! 14 Nov 23 22:13 +0000",
        "RFC850 ! Tuesday, 14-Nov-23 22:13:20 GMT",
        "RFC1123 ! Tue, 14 Nov 2023 22:13:20 GMT",
        "RFC1123Z ! Tue, 14 Nov 2023 14:13:20 -0800",
        "RFC3339 ! 2023-11-14T22:13:20Z",
        "RFC3339 ! 2023-11-14T23:43:20.25+01:30",
        "time.RFC3339Nano ! 2023-11-14T22:13:20.123456789Z",
        "Layout ! 11/14 10:13:20PM '23 +0000",
        "Stamp ! Nov 14 22:13:20",
        "StampMilli ! Nov 14 22:13:20.999",
        "StampMicro ! nov 14 22:13:20.000001",
        "Jan 02 15:04:05 ! Nov 14 22:13:20",
        "DateTime ! 2023-11-14 22:13:20",
        "TimeOnly ! 22:13:20",
        "02/Jan/2006:15:04:05 -0700 ! 14/Nov/2023:22:13:20 +0000",
        "January 2, 2006 3:4:5 pm ! November 14, 2023 10:13:20 pm",
        "20060102150405 ! 20231114221320",
        "2006-002 15:04:05 ! 2023-318 22:13:20",
        "2006-01-02T15:04:05,000-07 ! 2023-11-14T23:13:20,500+01",
        "2006-01-02T15:04:05Z070000 ! 2023-11-14T22:13:21+000001",
        "1/2/06 15:04:05 MST ! 11/14/23 23:13:20 CET",
        "yyyy-MM-dd HH:mm:ss ! 2023-11-14 22:13:20",
        "yyyy-MM-dd'T'HH:mm:ssXXX ! 2023-11-14T23:13:20+01:00",
        "MMM d HH:mm:ss ! Nov 14 22:13:20",
        "dd/MMM/yyyy:HH:mm:ss Z ! 14/Nov/2023:22:13:20 +0000",
        "HH:mm:ss ! 22:13:20"
      })
  void readsOneMomentInManyLayouts(String layout, String text) {
    assertThat(seconds(layout, text)).isBetween(1_699_999_980L, 1_700_000_000L);
    if (text.contains(":20") || text.contains("20231114221320") || text.contains(":21+000001")) {
      assertThat(seconds(layout, text)).isEqualTo(1_700_000_000L);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "DateOnly ! 2023-11-14 ! 1699920000",
        "Kitchen ! 12:05AM ! 1699920300",
        "Kitchen ! 12:05PM ! 1699963500",
        "2006 ! 1970 ! 0",
        "Stamp ! Jan  2 00:00:00 ! 1672617600",
        "2006-__2 ! 2023-  2 ! 1672617600",
        "2006-01-02 MST ! 1970-01-02 GMT+2 ! 79200",
        "2006_2 ! 1970 2 ! 86400",
        "06 ! 70 ! 0",
        "yyyy-MM ! 1970-02 ! 2678400"
      })
  void fillsInWhatTheLayoutLacks(String layout, String text, long seconds) {
    assertThat(seconds(layout, text)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Stamp ! Nov 14 22:13",
        "Stamp ! Nov 14 22:13:20 x",
        "Stamp ! Nov 31 22:13:20",
        "Stamp ! Feb 29 22:13:20",
        "Stamp ! Nov 14 24:13:20",
        "Stamp ! Nov 14 22:60:20",
        "Stamp ! 14 Nov 22:13:20",
        "2006-01-02 ! 2023-13-01",
        "2006-01-02 ! 2023-1-01",
        "Kitchen ! 13:05PM",
        "Kitchen ! 1:05XM",
        "2006-002 ! 2023-366",
        "DateOnly ! 1969-12-31",
        "2006 MST ! 2023 XYZ",
        "2006 -0700 ! 2023 0100",
        "2006 Z07:00 ! 2023 +01.00",
        "05.000 ! 05.00",
        "yyyy-MM-dd ! 2023-02-31x",
        "yyyy-MM-dd ! 1950-01-01",
        "2006 ! ''"
      })
  void tellsWhatItCannotRead(String layout, String text) {
    assertThat(seconds(layout, text)).isEqualTo(TimeLayout.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "hello", "7", "yyyy]", "{}"})
  void refusesWhatIsNoLayout(String layout) {
    assertThatThrownBy(() -> TimeLayout.of(layout, CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layout");
  }

  @Test
  void takesTheYearFromTheClockWhenItReads() {
    Instant[] now = {Instant.parse("2023-06-01T00:00:00Z")};
    TimeLayout layout = TimeLayout.of("Jan 2", () -> now[0]);
    assertThat(layout.seconds("Jan 1")).isEqualTo(1672531200L);
    now[0] = Instant.parse("2024-01-01T00:00:00Z");
    assertThat(layout.seconds("Jan 1")).isEqualTo(1704067200L);
  }

  @Property
  void neverThrows(@ForAll String layout, @ForAll String text) {
    TimeLayout made;
    try {
      made = TimeLayout.of(layout, CLOCK);
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(made.seconds(text)).isGreaterThanOrEqualTo(-1);
  }

  @Property
  void readsEverySecondThatGoWrites(@ForAll("seconds") long second) {
    String text = Instant.ofEpochSecond(second).toString();
    assertThat(seconds("RFC3339", text)).isEqualTo(second);
    assertThat(seconds("yyyy-MM-dd'T'HH:mm:ssX", text)).isEqualTo(second);
  }

  @Provide
  Arbitrary<Long> seconds() {
    return Arbitraries.longs().between(0, 0xFFFF_FFFFL);
  }
}
