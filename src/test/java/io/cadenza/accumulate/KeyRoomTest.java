package io.cadenza.accumulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyRoomTest {
  private final KeyRoom room = new KeyRoom(2, 10);

  @Test
  void boundsKeys() {
    assertThat(room.take(1)).isTrue();
    assertThat(room.take(1)).isTrue();
    assertThat(room.take(1)).isFalse();
    room.giveBack(1);
    assertThat(room.take(1)).isTrue();
    assertThat(room.keys()).isEqualTo(2);
  }

  @Test
  void boundsTheirBytesAndWhatBelongsToThem() {
    assertThat(room.take(6)).isTrue();
    assertThat(room.take(5)).isFalse();
    assertThat(room.takeBytes(5)).isFalse();
    assertThat(room.takeBytes(4)).isTrue();
    assertThat(room.keys()).isEqualTo(1);
    assertThat(room.bytes()).isEqualTo(10);
    room.giveBackBytes(4);
    room.giveBack(6);
    assertThat(room.bytes()).isZero();
  }
}
