package io.cadenza.listen;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestsTest {
  private static final long MILLI = 1_000_000;
  private static final int MOST = 1000;
  private static final int ROOM = 4_000_000;
  private static final int SIZE = 976; // 2000 with what the kernel needs beside it

  private final Rests rests = new Rests(MOST);
  private long now = -320 * MILLI;

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
    assertThat(turn(17 * MILLI, 1)).isZero();
    assertThat(turn(15 * MILLI, 1)).isEqualTo(32 * MILLI);
  }

  @Test
  void allRestUntilTheSameMoment() {
    turn(0, 1);
    assertThat(turn(2 * MILLI, 1)).isEqualTo(30 * MILLI);
    assertThat(turn(24 * MILLI, 10)).isEqualTo(6 * MILLI + 32 * MILLI);
  }

  @Test
  void manyRestAgainAndAgain() {
    turn(0, 1);
    for (int i = 0; i < 10; i++) {
      assertThat(turn(32 * MILLI, 4)).isEqualTo(32 * MILLI);
    }
    assertThat(turn(32 * MILLI, 1)).isZero();
  }

  @Test
  void aRestIsAsShortAsTheKernelsRoomSays() {
    turn(0, 1);
    assertThat(turn(32 * MILLI, 500)).isEqualTo(32 * MILLI);
    assertThat(turn(32 * MILLI, 501)).isEqualTo(16 * MILLI);
    assertThat(turn(2 * MILLI, 500)).isEqualTo(2 * MILLI);
    assertThat(turn(MILLI, 501)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"4000000, 32", "3999999, 16", "500000, 4", "499999, 2", "124999, 0"})
  void theKernelHasRoomForABurstInARest(int room, long millis) {
    turn(0, 1, room);
    assertThat(turn(32 * MILLI, 100, room)).isEqualTo(millis * MILLI);
  }

  @Test
  void aFullTurnIsFollowedByAnother() {
    turn(0, 1);
    assertThat(turn(320 * MILLI, MOST)).isZero();
    assertThat(turn(320 * MILLI, MOST - 1)).isEqualTo(32 * MILLI);
  }

  @Test
  void aClockThatStandsStillIsNoMatter() {
    turn(0, 1);
    assertThat(turn(0, 1)).isZero();
  }

  @Property
  void noRestIsLongerThanALittleOverTheLongest(
      @ForAll long start,
      @ForAll @LongRange(min = 0, max = 400 * MILLI) long later,
      @ForAll @IntRange(min = 1, max = MOST + 10) int datagrams) {
    now = start;
    turn(0, 1);
    assertThat(turn(later, datagrams)).isBetween(0L, Rests.LONGEST_NANOS * 5 / 4);
  }

  private long turn(long later, int datagrams) {
    return turn(later, datagrams, ROOM);
  }

  private long turn(long later, int datagrams, int room) {
    now += later;
    for (int i = 0; i < datagrams; i++) {
      rests.came(SIZE);
    }
    return rests.turnEnded(now, room);
  }
}
