package io.cadenza.listen;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class RestsTest {
  private static final long MILLI = 1_000_000;
  private static final int ROOM = 200_000;
  private static final int SIZE = 976; // 2000 with what the kernel needs beside it

  private final Rests rests = new Rests(64);
  private long now = -80 * MILLI;

  @Test
  void theFirstDatagramIsFollowedByNone() {
    assertThat(turn(0, 1)).isZero();
  }

  @Test
  void oneAfterASilenceIsNot() {
    turn(0, 1);
    assertThat(turn(500 * MILLI, 1)).isZero();
  }

  @Test
  void oneInARestIsNotWorthIt() {
    turn(0, 1);
    assertThat(turn(5 * MILLI, 1)).isZero();
    assertThat(turn(3 * MILLI, 1)).isEqualTo(8 * MILLI);
  }

  @Test
  void allRestUntilTheSameMoment() {
    turn(0, 1);
    assertThat(turn(MILLI / 2, 1)).isEqualTo(15 * MILLI / 2);
    assertThat(turn(6 * MILLI, 10)).isEqualTo(3 * MILLI / 2 + 8 * MILLI);
  }

  @Test
  void manyRestAgainAndAgain() {
    turn(0, 1);
    for (int i = 0; i < 10; i++) {
      assertThat(turn(8 * MILLI, 4)).isEqualTo(8 * MILLI);
    }
    assertThat(turn(8 * MILLI, 1)).isZero();
  }

  @Test
  void aRestIsAsShortAsTheKernelsRoomSays() {
    turn(0, 1);
    assertThat(turn(8 * MILLI, 25)).isEqualTo(8 * MILLI);
    assertThat(turn(8 * MILLI, 26)).isEqualTo(4 * MILLI);
    assertThat(turn(4 * MILLI, 51)).isEqualTo(MILLI);
    assertThat(turn(MILLI, 26)).isZero();
  }

  @Test
  void aFullTurnIsFollowedByAnother() {
    turn(0, 1);
    assertThat(turn(80 * MILLI, 64)).isZero();
    assertThat(turn(80 * MILLI, 63)).isEqualTo(8 * MILLI);
  }

  @Test
  void aClockThatStandsStillIsNoMatter() {
    turn(0, 1);
    assertThat(turn(0, 1)).isZero();
  }

  @Property
  void noRestIsLongerThanALittleOverTheLongest(
      @ForAll long start,
      @ForAll @LongRange(min = 0, max = 100 * MILLI) long later,
      @ForAll @IntRange(min = 1, max = 70) int datagrams) {
    now = start;
    turn(0, 1);
    assertThat(turn(later, datagrams)).isBetween(0L, Rests.LONGEST_NANOS * 5 / 4);
  }

  private long turn(long later, int datagrams) {
    now += later;
    for (int i = 0; i < datagrams; i++) {
      rests.came(SIZE);
    }
    return rests.turnEnded(now, ROOM);
  }
}
