package io.cadenza.accumulate.bins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final double[] FRACTIONS = {0, 0.1, 0.5, 0.9, 0.99, 1};

  private final ValueRoom room = new ValueRoom(ValueRoom.USUAL);

  @Test
  void asManyAsAreKeptGiveTheExactPercentile() {
    Values values = oneTo(Values.MOST);

    assertThat(values.isSketch()).isFalse();
    assertThat(values.percentile(0.5, PercentileMethod.RANK)).isEqualTo(5000);
  }

  @Test
  void beyondTheyAreRightToAHundredth() {
    Values values = oneTo(50_000);

    assertThat(values.isSketch()).isTrue();
    for (double fraction : FRACTIONS) {
      assertThat(values.percentile(fraction, PercentileMethod.LINEAR))
          .isCloseTo(1 + fraction * 49_999, Percentage.withPercentage(1.001));
    }
  }

  @Test
  void withoutRoomFewAreKept() {
    ValueRoom none = new ValueRoom(0);
    Values values = new Values(none);
    for (int i = 0; i < Values.FEW; i++) {
      values.add(i);
    }

    assertThat(values.isSketch()).isFalse();
    values.add(1);
    assertThat(values.isSketch()).isTrue();
    assertThat(none.bytes()).isZero();
  }

  @Test
  void roomIsGivenBack() {
    Values exact = oneTo(5000);
    assertThat(room.bytes()).isGreaterThanOrEqualTo((5000 - Values.FEW) * 8);
    exact.release();
    assertThat(room.bytes()).isZero();

    oneTo(20_000);
    assertThat(room.bytes()).isZero();
  }

  @Test
  void aSketchSpansSeventeenPowersOfTen() {
    Values values = oneTo(20_000);
    values.add(1e17);
    values.add(-1e17);

    assertThat(values.percentile(0.5, PercentileMethod.LINEAR))
        .isCloseTo(10_000, Percentage.withPercentage(1.1));
  }

  @Test
  void anyFiniteNumberFitsASketch() {
    Values values = oneTo(20_000);
    for (double odd : new double[] {Double.MAX_VALUE, Double.MIN_VALUE, 0}) {
      values.add(odd);
      values.add(-odd);
    }

    assertThat(values.percentile(1, PercentileMethod.LINEAR))
        .isCloseTo(Double.MAX_VALUE, Percentage.withPercentage(2.1));
    assertThat(values.percentile(0, PercentileMethod.LINEAR))
        .isCloseTo(-Double.MAX_VALUE, Percentage.withPercentage(2.1));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    for (int n : new int[] {1, 300, 30_000}) {
      Values values = new Values(room);
      Random random = new Random(n);
      for (int i = 0; i < n; i++) {
        values.add(i % 7 == 0 ? 0 : random.nextGaussian() * 1000);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      values.write(new DataOutputStream(bytes));
      Values read = new Values(room);
      read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

      for (double fraction : FRACTIONS) {
        assertThat(read.percentile(fraction, PercentileMethod.LINEAR))
            .isCloseTo(values.percentile(fraction, PercentileMethod.LINEAR), within(1e-9));
      }
    }
  }

  private Values oneTo(int n) {
    Values values = new Values(room);
    for (int i = n; i > 0; i--) {
      values.add(i);
    }
    return values;
  }
}
