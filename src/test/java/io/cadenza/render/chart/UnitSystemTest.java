package io.cadenza.render.chart;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitSystemTest {
  @ParameterizedTest
  @CsvSource({
    "SI, 0, 500, 0",
    "SI, 500, 500, 500",
    "SI, 1500, 500, 1.5k",
    "SI, 2500000, 500000, 2.5M",
    "SI, -3e9, 1e9, -3G",
    "SI, 1000010, 10, 1.00001M",
    "SI, 0.05, 0.05, 0.05",
    "SI, 4e-7, 1e-7, 4e-7",
    "SI, 0.30000000000000004, 0.1, 0.3",
    "SI, 999.9999999999999, 100, 1k",
    "SI, 5e25, 1e25, 5e7E",
    "BINARY, 1536, 512, 1.5Ki",
    "BINARY, 1048576, 1048576, 1Mi",
    "SEC, 90, 30, 1.5min",
    "SEC, 7200, 3600, 2h",
    "MSEC, 1500, 500, 1.5s",
    "NONE, 150000, 50000, 150000",
    "NONE, 1.5e9, 5e8, 15e8",
  })
  void tickIsShortAndTellsItsValue(UnitSystem units, double value, double step, String text) {
    assertThat(units.tick(value, step)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "SI, 0.7, 1",
    "SI, 1.2, 2",
    "SI, 2.1, 2.5",
    "SI, 300, 500",
    "SI, 3e7, 5e7",
    "SI, 1e-9, 1e-9",
    "BINARY, 300, 512",
    "BINARY, 1100, 2048",
    "BINARY, 600000, 1048576",
    "SEC, 45, 50",
    "SEC, 100, 120",
    "SEC, 4000, 7200",
    "NONE, 7e30, 1e31",
  })
  void stepIsRound(UnitSystem units, double least, double step) {
    assertThat(units.roundStep(least)).isCloseTo(step, within(step));
  }

  private static org.assertj.core.data.Offset<Double> within(double step) {
    return org.assertj.core.data.Offset.offset(step * 1e-9);
  }

  @Property
  void stepIsNotMuchLargerThanItHasToBe(
      @ForAll UnitSystem units, @ForAll @DoubleRange(min = -12, max = 15) double exponent) {
    double least = Math.pow(10, exponent);

    assertThat(units.roundStep(least)).isBetween(least * (1 - 1e-8), least * 11);
  }
}
