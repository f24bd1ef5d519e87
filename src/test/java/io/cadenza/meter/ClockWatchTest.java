package io.cadenza.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ClockWatchTest {
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private final Events events = new Events(meters, Instant::now, 10);
  private long wallMillis = 1_700_000_000_000L;
  private long nanos = 5;
  private final SteadyClock steady =
      new SteadyClock(() -> Instant.ofEpochMilli(wallMillis), () -> nanos);
  private final ClockWatch watch =
      new ClockWatch(() -> Instant.ofEpochMilli(wallMillis), steady, meters, events);

  private void pass(long millis, long jump) {
    nanos += millis * 1_000_000;
    wallMillis += millis + jump;
    watch.look();
  }

  private long jumps() {
    return meters.process().counter("clock-jumps", "").sum();
  }

  @Test
  void steadyTimeGoesOnWhereTheWallClockJumps() {
    long before = steady.millis();

    pass(1500, -3_600_000);

    assertThat(steady.millis() - before).isEqualTo(1500);
    assertThat(steady.instant().toEpochMilli()).isEqualTo(steady.millis());
  }

  @Test
  void countsAJumpOnceAndTellsByHowMuch() {
    pass(1000, 0);
    pass(1000, -3_600_000);
    pass(1000, 0);

    assertThat(jumps()).isEqualTo(1);
    assertThat(events.all()).hasSize(1);
    assertThat(events.all().get(0).text()).contains("3600.000 s back");
  }

  @Test
  void takesAClockThatIsLedToTheRightTimeForNoJump() {
    for (int second = 0; second < 100; second++) {
      pass(1000, 900);
    }

    assertThat(jumps()).isZero();
  }
}
