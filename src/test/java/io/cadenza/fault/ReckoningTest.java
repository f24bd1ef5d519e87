package io.cadenza.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The judge of the other tests: it finds what is wrong. */
class ReckoningTest {
  private static final long[] SENT = {4, 3};

  private final Reckoning reckoning = new Reckoning(2, 2);

  @Test
  void findsNothingWhereAllCameInOrder() {
    come("c0.k0 0", "c0.k1 0", "c1.k0 0", "c0.k0 1", "c1.k1 0", "c1.k0 1", "c0.k1 1");

    assertThat(reckoning.against(SENT)).isEqualTo(result(7, 0, 0, 0, 0));
    assertThat(reckoning.gaps()).isZero();
  }

  @Test
  void missesALineInTheMiddle() {
    come("c0.k0 1", "c0.k1 0", "c0.k1 1", "c1.k0 0", "c1.k0 1", "c1.k1 0");

    assertThat(reckoning.against(SENT)).isEqualTo(result(6, 1, 0, 0, 0));
    assertThat(reckoning.gaps()).isOne();
  }

  @Test
  void missesTheLastLinesAndWholeKeys() {
    come("c0.k0 0", "c0.k0 1", "c0.k1 0");

    assertThat(reckoning.against(SENT)).isEqualTo(result(3, 4, 0, 0, 0));
  }

  @Test
  void countsWhatCameTwice() {
    come("c0.k0 0", "c0.k0 1", "c0.k0 0", "c0.k0 1", "c0.k1 0", "c0.k1 1");
    come("c1.k0 0", "c1.k0 1", "c1.k1 0", "c1.k1 0");

    assertThat(reckoning.against(SENT)).isEqualTo(result(7, 0, 3, 0, 0));
  }

  @Test
  void countsWhatCameAfterALaterOne() {
    come("c0.k0 1", "c0.k0 0", "c0.k0 0", "c0.k1 0", "c0.k1 1");
    come("c1.k0 1", "c1.k0 0", "c1.k1 0");

    assertThat(reckoning.against(SENT)).isEqualTo(result(7, 0, 1, 2, 0));
  }

  @Test
  void knowsWhatWasNeverSent() {
    come("c0.k0 0", "c0.k0 1", "c0.k0 2", "c0.k1 0", "c0.k1 1", "c1.k0 0", "c1.k0 1", "c1.k1 0");
    come("c2.k0 0", "c0.k2 0", "c0.k0", "c0.k0 x", "x", "", "c0.k0 99999999999999999999");
    read("c0.k0 1 170000\n");

    assertThat(reckoning.against(SENT)).isEqualTo(result(8, 0, 0, 0, 9));
  }

  @Test
  void readsWhatIsWritten() {
    NumberedLines lines = new NumberedLines(7).of(1, 1_000_000, 5000);
    Reckoning all = new Reckoning(2, 7);

    int rest = NumberedLines.read(lines.bytes(), lines.size() - 1, all);

    assertThat(all.arrived()).isEqualTo(4999);
    assertThat(rest).isGreaterThan(lines.size() - 40).isLessThan(lines.size());
    byte[] first = Arrays.copyOf(lines.bytes(), 24);
    assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("c1.k1 142857 1700000000\n");
  }

  private void come(String... lines) {
    for (String line : lines) {
      read(line + " 1700000000\n");
    }
  }

  private void read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    NumberedLines.read(bytes, bytes.length, reckoning);
  }

  private static Reckoning.Result result(
      long arrived, long lost, long duplicated, long reordered, long damaged) {
    return new Reckoning.Result(7, arrived, lost, duplicated, reordered, damaged);
  }
}
