package io.cadenza.api.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.render.PythonFloat;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealTextTest {
  private static String text(double number) {
    byte[] into = new byte[RealText.LONGEST];
    int end = RealText.write(number, into, 0);
    return new String(into, 0, end, StandardCharsets.US_ASCII);
  }

  /** The texts are those of Python 3. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "5, 5.0",
    "-5, -5.0",
    "0.1, 0.1",
    "10.25, 10.25",
    "-0.001, -0.001",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "123456789012345680, 1.2345678901234568e+17",
    "0.30000000000000004, 0.30000000000000004",
    "3.3333333333333335, 3.3333333333333335",
    "9007199254740993, 9007199254740992.0",
    "12345678.9, 12345678.9",
    "4.9e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308"
  })
  void isThatOfPython(double number, String text) {
    assertThat(text(number)).isEqualTo(text);
  }

  @Property(tries = 5000)
  void isTheSameAsTheSlowOne(@ForAll double number) {
    assertThat(text(number)).isEqualTo(PythonFloat.text(number));
  }

  @Property(tries = 5000)
  void isTheSameAsTheSlowOneForMeasuredValues(@ForAll("measured") double number) {
    assertThat(text(number)).isEqualTo(PythonFloat.text(number));
  }

  /** Few decimals, as values that somebody measured have. */
  @Provide
  Arbitrary<Double> measured() {
    Arbitrary<Long> digits = Arbitraries.longs().between(-99_999_999_999L, 99_999_999_999L);
    Arbitrary<Integer> decimals = Arbitraries.integers().between(0, 12);
    return digits.flatMap(all -> decimals.map(places -> all / Math.pow(10, places)));
  }
}
