package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final String KEYS =
      "reconnect-min = 100ms, reconnect-max = 10s, write-timeout = 30s";

  private final DestinationState state = new DestinationState("d", 1 << 20, OnFull.BLOCK);
  private final Health health = new Health(Bench.config("tcp://h:1", KEYS), 0, state);

  @Test
  void waitsTwiceAsLongEachTimeUpToTheLongest() {
    for (long expected : new long[] {100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000}) {
      assertThat(health.backOff()).isBetween(expected, expected + expected / 4);
    }
  }

  @Test
  void aConnectionThatLastsMakesWaitsShortAgain() {
    health.backOff();
    health.backOff();

    health.opened(0);
    health.lasted(1000);

    assertThat(health.backOff()).isBetween(100L, 125L);
  }

  @Test
  void aConnectionThatClosesAtOnceDoesNot() {
    health.backOff();

    health.opened(0);
    health.lasted(900);
    health.broke(Failure.CLOSED);

    assertThat(health.backOff()).isBetween(200L, 250L);
    assertThat(state.up()).isFalse();
  }

  @Test
  void aPeerThatClosedAtOnceIsUpWhenItsNextConnectionLasts() {
    health.opened(0);
    health.broke(Failure.CLOSED);

    health.opened(100);
    assertThat(state.up()).isFalse();
    health.lasted(1100);

    assertThat(state.up()).isTrue();
  }

  @Test
  void aPeerThatStalledIsUpWhenItHasNotForTheWriteTimeout() {
    health.opened(0);
    health.lasted(60_000);
    health.broke(Failure.STALLED);

    health.opened(61_000);
    health.lasted(91_000);
    assertThat(state.up()).isFalse();
    health.lasted(92_000);

    assertThat(state.up()).isTrue();
  }

  @Test
  void aDestinationIsUpWhileAnyConnectionIs() {
    DestinationState both = new DestinationState("d", 1 << 20, OnFull.BLOCK, 2);
    Health one = new Health(Bench.config("tcp://h:1", KEYS), 0, both);
    Health two = new Health(Bench.config("tcp://h:1", KEYS), 1, both);

    one.unreachable(Failure.CLOSED);
    one.unreachable(Failure.CLOSED);
    assertThat(both.up()).isTrue();
    two.unreachable(Failure.CLOSED);
    assertThat(both.up()).isFalse();
    one.opened(0);

    assertThat(both.up()).isTrue();
  }
}
