package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PeerWindowTest {
  private final PeerWindow window = new PeerWindow();

  private static ByteBuffer info(long sent, long again, long acked, int notSent, int window) {
    ByteBuffer info = ByteBuffer.allocate(PeerWindow.SIZE).order(ByteOrder.nativeOrder());
    info.putLong(200, sent).putLong(208, again).putLong(120, acked);
    return info.putInt(144, notSent).putInt(228, window);
  }

  @Test
  void countsWhatIsNotSentAndWhatIsUnderWay() {
    assertThat(window.unread(info(1000, 100, 700, 50, 65_536))).isEqualTo(50 + 200);
  }

  @Test
  void countsWhatTakesRoomInTheWindowOfThePeer() {
    assertThat(window.unread(info(10, 0, 10, 0, 65_536))).isZero();
    assertThat(window.unread(info(60_000, 0, 60_000, 0, 5_536))).isEqualTo(60_000);
    assertThat(window.unread(info(60_000, 0, 60_000, 0, 65_536))).isZero();
  }

  @Test
  void hasNoSignInWindowsAbove2GiB() {
    assertThat(window.unread(info(0, 0, 0, 0, -1))).isZero();
    assertThat(window.unread(info(0, 0, 0, 0, 0))).isEqualTo(0xffff_ffffL);
  }

  @Test
  void saysNothingWhereTheKernelDoesNot() {
    assertThat(window.unread(null)).isZero();
    assertThat(window.unread(ByteBuffer.allocate(104))).isZero();
  }
}
