package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayRateTest {
  @Test
  void allowsNoMoreBytesThanTheLinesOfItsRateTake() {
    ReplayRate pace = new ReplayRate(100);
    pace.left(0);
    pace.gone(0, 0);

    assertThat(pace.bytesLeft(0, 500_000)).isZero();
    assertThat(pace.bytesLeft(100, 500_000)).isEqualTo(10 * 64);
    pace.gone(10, 200);
    assertThat(pace.bytesLeft(100, 500_000)).isZero();
    assertThat(pace.bytesLeft(600, 500_000)).isEqualTo(50 * 20);
    assertThat(pace.bytesLeft(9_999_999, 1500)).isEqualTo(1500);
  }

  @Test
  void whatWentTooFarIsMissingLater() {
    ReplayRate pace = new ReplayRate(100);
    pace.left(0);
    pace.gone(300, 3000);

    assertThat(pace.bytesLeft(1000, 500_000)).isZero();
    assertThat(pace.bytesLeft(4000, 500_000)).isEqualTo(1000);
  }

  @Test
  void withoutARateAllMayGo() {
    assertThat(new ReplayRate(0).bytesLeft(5, 500_000)).isEqualTo(500_000);
  }
}
