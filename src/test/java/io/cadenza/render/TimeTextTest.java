package io.cadenza.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Now is Tuesday, 14 November 2023, 22:13:20 in UTC. */
class TimeTextTest {
  private static final long NOW = 1_700_000_000;

  private static String parsed(String text) {
    long time = TimeText.parse(text, NOW, ZoneOffset.UTC);
    return LocalDateTime.ofEpochSecond(time, 0, ZoneOffset.UTC).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "1700000000 ~ 2023-11-14T22:13:20",
        "now ~ 2023-11-14T22:13:20",
        "'' ~ 2023-11-14T22:13:20",
        "-1h ~ 2023-11-14T21:13:20",
        "-6hours ~ 2023-11-14T16:13:20",
        "-30min ~ 2023-11-14T21:43:20",
        "-90s ~ 2023-11-14T22:11:50",
        "-7d ~ 2023-11-07T22:13:20",
        "-2w ~ 2023-10-31T22:13:20",
        "-1mon ~ 2023-10-15T22:13:20",
        "-1y ~ 2022-11-14T22:13:20",
        "+1d ~ 2023-11-15T22:13:20",
        "now-1d2h ~ 2023-11-13T20:13:20",
        "now - 1 d ~ 2023-11-13T22:13:20",
        "today ~ 2023-11-14T00:00",
        "yesterday ~ 2023-11-13T00:00",
        "tomorrow ~ 2023-11-15T00:00",
        "noon ~ 2023-11-14T12:00",
        "noon yesterday ~ 2023-11-13T12:00",
        "noon_yesterday ~ 2023-11-13T12:00",
        "Midnight ~ 2023-11-14T00:00",
        "teatime tomorrow ~ 2023-11-15T16:00",
        "6pm today ~ 2023-11-14T18:00",
        "6pm ~ 2023-11-14T18:00",
        "8am yesterday ~ 2023-11-13T08:00",
        "12pm ~ 2023-11-14T12:00",
        "12am ~ 2023-11-14T00:00",
        "8:50 ~ 2023-11-14T08:50",
        "10:05pm yesterday ~ 2023-11-13T22:05",
        "22:10_20231114 ~ 2023-11-14T22:10",
        "20231101 ~ 2023-11-01T00:00",
        "12/31/99 ~ 1999-12-31T00:00",
        "11/14/23 ~ 2023-11-14T00:00",
        "11/14/2022 ~ 2022-11-14T00:00",
        "noon 11/14/22 ~ 2022-11-14T12:00",
        "july4 ~ 2023-07-04T00:00",
        "July 14 ~ 2023-07-14T00:00",
        "monday ~ 2023-11-13T00:00",
        "tuesday ~ 2023-11-14T00:00",
        "wed ~ 2023-11-08T00:00",
        "sunday ~ 2023-11-12T00:00",
        "6pm monday ~ 2023-11-13T18:00",
        "monday+8h ~ 2023-11-13T08:00",
        "midnight-1min ~ 2023-11-13T23:59",
      })
  void understandsTimes(String text, String time) {
    assertThat(parsed(text == null ? "" : text)).isEqualTo(time);
  }

  @Test
  void daysBeginInTheZone() {
    ZoneId newYork = ZoneId.of("America/New_York");

    assertThat(TimeText.parse("today", NOW, newYork))
        .isEqualTo(Instant.parse("2023-11-14T05:00:00Z").getEpochSecond());
    assertThat(TimeText.parse("20230701", NOW, newYork))
        .isEqualTo(Instant.parse("2023-07-01T04:00:00Z").getEpochSecond());
  }

  @Test
  void offsetsAreRealSecondsOverAChangeOfTheClock() {
    ZoneId amsterdam = ZoneId.of("Europe/Amsterdam");
    long summer = TimeText.parse("20231028", NOW, amsterdam);

    assertThat(TimeText.parse("20231028+2d", NOW, amsterdam)).isEqualTo(summer + 2 * 86_400);
    assertThat(TimeText.parse("20231030", NOW, amsterdam)).isEqualTo(summer + 2 * 86_400 + 3600);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "-1m",
        "-1",
        "-h",
        "1h-1h-1h",
        "25:00",
        "8:75",
        "13pm",
        "31/31/23",
        "20231331x",
        "july",
        "july0",
        "someday",
        "-99999999999999999999s",
        "99999999999999999999",
        "-",
        "+",
        "2023-11-14",
        "1:x",
        "foo bar",
        "-1fortnight"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> TimeText.parse(text, NOW, ZoneOffset.UTC))
        .isInstanceOfSatisfying(
            RenderException.class,
            e -> assertThat(e.kind()).isEqualTo(RenderException.Kind.REQUEST))
        .hasMessageStartingWith("Invalid parameters (Invalid time '");
  }

  @ParameterizedTest
  @CsvSource({
    "1s,1",
    "1min,60",
    "10minutes,600",
    "2h,7200",
    "1d12h,129600",
    "-1w,-604800",
    "1mon,2592000",
    "1y,31536000",
    "+5min,300",
    "1day,86400",
    "100s,100"
  })
  void understandsIntervals(String text, long seconds) {
    assertThat(TimeText.offset(text)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "min", "1m", "1.5h", "-", "1h-30min", "1q", "999999999999y"})
  void refusesWhatIsNoInterval(String text) {
    assertThatThrownBy(() -> TimeText.offset(text))
        .isInstanceOf(RenderException.class)
        .hasMessageContaining("Invalid interval value: '" + text + "'");
  }

  @Property(tries = 3000)
  void understandsOrRefusesAnyText(
      @ForAll
          @CharRange(from = 'a', to = 'z')
          @CharRange(from = '0', to = '9')
          @Chars({'+', '-', ':', '/', '_', ' '})
          String text) {
    assertThat(catchThrowable(() -> TimeText.parse(text, NOW, ZoneOffset.UTC)))
        .satisfiesAnyOf(
            e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(RenderException.class));
  }

  @Property
  void anyNumberOfSecondsBeforeNowIsThatTime(@ForAll int seconds) {
    String sign = seconds < 0 ? "-" : "+";

    assertThat(TimeText.parse(sign + Math.abs((long) seconds) + "s", NOW, ZoneOffset.UTC))
        .isEqualTo(NOW + seconds);
  }
}
