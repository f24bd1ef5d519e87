package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleTextTest {
  private static String text(double number) {
    byte[] into = new byte[DoubleText.LONGEST + 2];
    int end = DoubleText.write(number, into, 1);
    assertThat(end).isLessThanOrEqualTo(DoubleText.LONGEST + 1);
    return new String(into, 1, end - 1, ISO_8859_1);
  }

  /** As node prints them. */
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0.0,0",
    "1,1",
    "-1,-1",
    "0.1,0.1",
    "0.30000000000000004,0.30000000000000004",
    "1.005,1.005",
    "1e21,1e+21",
    "1e20,100000000000000000000",
    "123456789012345680000," + "123456789012345680000",
    "1e-6,0.000001",
    "1e-7,1e-7",
    "1.5e-7,1.5e-7",
    "1e300,1e+300",
    "1.7976931348623157e308,1.7976931348623157e+308",
    "4.9e-324,5e-324",
    "2e-323,2e-323",
    "9.9e-324,1e-323",
    "0.001,0.001",
    "0.0005,0.0005",
    "-2.50,-2.5",
    "999999999999.999,999999999999.999",
    "1000000000000.001,1000000000000.001",
    "9007199254740993,9007199254740992",
    "0.3333333333333333,0.3333333333333333",
    "100.01,100.01",
    "-0.05,-0.05"
  })
  void writesAsJavaScriptDoes(double number, String text) {
    assertThat(text(number)).isEqualTo(text);
  }

  @Test
  void writesWhatIsNoNumberByName() {
    assertThat(text(Double.NaN)).isEqualTo("NaN");
    assertThat(text(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
  }

  @Property(tries = 20_000)
  void isReadBackAsTheSameNumber(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (Double.isNaN(number)) {
      return;
    }
    assertThat(Double.parseDouble(text(number))).isEqualTo(number);
  }

  @Property(tries = 20_000)
  void theTextIsTheShortest(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return;
    }
    assertThat(new BigDecimal(text(number)).stripTrailingZeros().precision())
        .isLessThanOrEqualTo(shortest(number));
  }

  /** Beside powers of two the numbers below are nearer than those above. */
  @Test
  void besidePowersOfTwoAndTenTheTextIsReadBackAndTheShortest() {
    for (int power = -1074; power <= 1023; power++) {
      aroundIsRight(Math.scalb(1.0, power));
    }
    for (int power = -323; power <= 308; power++) {
      aroundIsRight(Double.parseDouble("1e" + power));
    }
  }

  private static void aroundIsRight(double middle) {
    for (double number : new double[] {Math.nextDown(middle), middle, Math.nextUp(middle)}) {
      if (number > 0) {
        String text = text(number);
        assertThat(Double.parseDouble(text)).isEqualTo(number);
        int digits = new BigDecimal(text).stripTrailingZeros().precision();
        assertThat(digits).isLessThanOrEqualTo(shortest(number));
      }
    }
  }

  @Test
  void writingANumberAllocatesNothing() {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] into = new byte[DoubleText.LONGEST];
    Random random = new Random(7);
    DoubleText.write(random.nextDouble(), into, 0);
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      DoubleText.write(random.nextDouble() * (i - 5_000), into, 0);
    }

    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  /** Of the shortest, the nearest: as another who does it right. */
  @Property(tries = 20_000)
  void theDigitsAreThoseThatAnotherFinds(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (Double.isNaN(number) || Math.abs(number) < Double.MIN_NORMAL || Double.isInfinite(number)) {
      return;
    }
    assertThat(new BigDecimal(text(number)))
        .isEqualByComparingTo(new BigDecimal(DoubleToDecimal.toString(number)));
  }

  /** Near thousandths is where the quick way could go wrong. */
  @Property(tries = 20_000)
  void nearThousandthsTheTextIsTheNumbersAndTheShortest(
      @ForAll @LongRange(min = -2_000_000_000_000_000L, max = 2_000_000_000_000_000L) long size,
      @ForAll int steps) {
    double number = size / 1000.0;
    for (int i = 0; i < Math.floorMod(steps, 4); i++) {
      number = steps < 0 ? Math.nextDown(number) : Math.nextUp(number);
    }

    String text = text(number);

    assertThat(Double.parseDouble(text)).isEqualTo(number);
    int digits = new BigDecimal(text).stripTrailingZeros().precision();
    assertThat(digits).isLessThanOrEqualTo(shortest(number));
  }

  /** How many digits the shortest text has that is read back as the number. */
  private static int shortest(double number) {
    if (number == 0) {
      return 1;
    }
    BigDecimal exact = new BigDecimal(number);
    Set<Integer> enough = new TreeSet<>();
    for (int digits = 1; digits <= 17; digits++) {
      if (exact.round(new java.math.MathContext(digits)).doubleValue() == number) {
        enough.add(exact.round(new java.math.MathContext(digits)).stripTrailingZeros().precision());
      }
    }
    return enough.iterator().next();
  }

  @Property
  void wholeNumbersAreWrittenAsTheyAre(@ForAll long number) {
    byte[] into = new byte[DoubleText.LONGEST];
    int end = DoubleText.write(number, into, 0);

    assertThat(new String(into, 0, end, ISO_8859_1)).isEqualTo(Long.toString(number));
  }

  @Test
  void theLeastWholeNumberIsWritten() {
    byte[] into = new byte[DoubleText.LONGEST];
    int end = DoubleText.write(Long.MIN_VALUE, into, 0);

    assertThat(new String(into, 0, end, ISO_8859_1)).isEqualTo("-9223372036854775808");
  }
}
