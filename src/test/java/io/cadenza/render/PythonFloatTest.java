package io.cadenza.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PythonFloatTest {
  static Stream<String> table() throws IOException {
    Path file = Path.of("src/test/resources/vectors/graphite-web/python-floats.tsv");
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void writesAndRoundsAsPython(String line) {
    String[] columns = line.split("\t");
    double number = Double.parseDouble(columns[0]);

    assertThat(PythonFloat.text(number)).isEqualTo(columns[1]);
    assertThat(PythonFloat.general(number)).isEqualTo(columns[2]);
    assertThat(PythonFloat.fixed(number, 2)).isEqualTo(columns[3]);
    assertThat(PythonFloat.text(PythonFloat.round(number, 6))).isEqualTo(columns[4]);
    assertThat(PythonFloat.text(PythonFloat.round(number, 0))).isEqualTo(columns[5]);
    assertThat(PythonFloat.text(PythonFloat.round(number, 2))).isEqualTo(columns[6]);
    assertThat(PythonFloat.text(PythonFloat.round(number, -2))).isEqualTo(columns[7]);
  }

  @Test
  void writesWhatIsNoNumber() {
    assertThat(PythonFloat.text(Double.NaN)).isEqualTo("nan");
    assertThat(PythonFloat.text(Double.POSITIVE_INFINITY)).isEqualTo("inf");
    assertThat(PythonFloat.general(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
    assertThat(PythonFloat.round(Double.NaN, 6)).isNaN();
    assertThat(PythonFloat.round(Double.POSITIVE_INFINITY, 6)).isInfinite();
  }

  @Property(tries = 5000)
  void whatIsWrittenReadsBackTheSame(@ForAll double number) {
    assertThat(Double.parseDouble(PythonFloat.text(number))).isEqualTo(number);
  }

  @Property(tries = 5000)
  void roundsByTheExactValue(
      @ForAll @DoubleRange(min = -1e12, max = 1e12) double number,
      @ForAll @IntRange(min = -3, max = 12) int decimals) {
    double exact = new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();

    assertThat(PythonFloat.round(number, decimals)).isEqualTo(exact);
  }

  @Property(tries = 5000)
  void roundsHalvesByTheExactValue(@ForAll @IntRange(min = -1_000_000, max = 1_000_000) int half) {
    double number = half / 2e6;
    double exact = new BigDecimal(number).setScale(6, RoundingMode.HALF_EVEN).doubleValue();

    assertThat(PythonFloat.round(number, 6)).isEqualTo(exact);
  }
}
