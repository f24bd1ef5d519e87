package io.cadenza.accumulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TicksTest {
  private static final Duration TEN = Duration.ofSeconds(10);

  @Test
  void theFirstTickIsTheNextMultipleOfTheInterval() {
    Ticks ticks = new Ticks(TEN, false, 1_003_400, 0);

    assertThat(ticks.delay(1_003_400)).isEqualTo(6_600);
    assertThat(ticks.due(1_009_999, 6_599)).isNull();
    assertThat(ticks.due(1_010_000, 6_600)).isEqualTo(new Tick(1_010_000, 1, 1_010_000, false));
    assertThat(ticks.delay(1_010_000)).isEqualTo(10_000);
  }

  @Test
  void aTimerThatFiresLateDoesNotMoveTheStamps() {
    Ticks ticks = new Ticks(TEN, false, 1_000_000, 0);

    assertThat(ticks.due(1_010_700, 10_700).millis()).isEqualTo(1_010_000);
    assertThat(ticks.delay(1_010_700)).isEqualTo(9_300);
    assertThat(ticks.due(1_020_001, 20_001).millis()).isEqualTo(1_020_000);
  }

  @Test
  void aRandomStartCountsFromIt() {
    Ticks ticks = new Ticks(TEN, true, 1_003_400, 0);

    assertThat(ticks.delay(1_003_400)).isEqualTo(10_000);
    assertThat(ticks.due(1_013_400, 10_000).millis()).isEqualTo(1_013_400);
    assertThat(ticks.delay(1_013_500)).isEqualTo(9_900);
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitLonger() {
    Ticks ticks = new Ticks(TEN, false, 9_000_000, 0);

    assertThat(ticks.delay(1_004_000)).isEqualTo(6_000);
    assertThat(ticks.due(1_010_000, 10_000)).isEqualTo(new Tick(1_010_000, 1, 1_010_000, false));
  }

  @Test
  void aClockThatJumpsAheadMakesNoLongInterval() {
    Ticks ticks = new Ticks(TEN, false, 1_000_000, 0);

    assertThat(ticks.due(4_604_000, 10_000)).isEqualTo(new Tick(4_600_000, 1, 4_604_000, false));
  }

  @Test
  void aPauseIsToldAsSoManyIntervals() {
    Ticks ticks = new Ticks(TEN, false, 1_000_000, 0);

    assertThat(ticks.due(1_031_000, 31_000)).isEqualTo(new Tick(1_030_000, 3, 1_031_000, false));
  }

  @Test
  void theLastOneIsStampedAsTheNextWouldHaveBeen() {
    Ticks ticks = new Ticks(TEN, false, 1_000_000, 0);

    assertThat(ticks.last(1_004_000)).isEqualTo(new Tick(1_010_000, 1, 1_004_000, true));
  }

  @Property
  void stampsAreMultiplesAndNeverWaitLongerThanAnInterval(
      @ForAll @Size(min = 1, max = 50)
          java.util.List<@LongRange(min = 0, max = 1L << 41) Long> times,
      @ForAll @LongRange(min = 100, max = 86_400_000) long interval) {
    Ticks ticks = new Ticks(Duration.ofMillis(interval), false, times.get(0), 0);
    for (long now : times) {
      assertThat(ticks.delay(now)).isBetween(1L, interval);
      Tick due = ticks.due(now, 0);
      if (due != null) {
        assertThat(due.millis() % interval).isZero();
        assertThat(due.millis()).isLessThanOrEqualTo(now);
      }
    }
  }
}
