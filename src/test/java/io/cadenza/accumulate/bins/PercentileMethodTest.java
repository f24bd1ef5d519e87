package io.cadenza.accumulate.bins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentileMethodTest {
  /** carbon-c-relay sorts by whole numbers and answers 0.3. */
  @Test
  void theMedianOfFractionsIsTheMiddleOne() {
    double[] sorted = {.1, .2, .3, .5, .7, .9, 1.2};

    for (PercentileMethod method : PercentileMethod.values()) {
      assertThat(method.of(sorted, 7, 0.5)).as(method.name()).isEqualTo(0.5);
    }
  }

  /** carbon's test_aggregation_methods: of 0 to 10 of the tenths, and what Python gives. */
  @ParameterizedTest
  @CsvSource({"0.5, 5.5", "0.75, 7.75", "0.8, 8.2", "0.9, 9.1", "0.95, 9.55", "0.99, 9.91"})
  void linearIsBetweenTheNeighboursAsInCarbon(double fraction, double expected) {
    double[] sorted = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    assertThat(PercentileMethod.LINEAR.of(sorted, 10, fraction)).isCloseTo(expected, within(1e-12));
  }

  /** The example of NIST's handbook, 7.2.6.2. */
  @Test
  void nistIsAsInItsHandbook() {
    double[] sorted = {
      95.0610, 95.0925, 95.1065, 95.1195, 95.1442, 95.1567, 95.1591, 95.1682, 95.1772, 95.1937,
      95.1959, 95.1990
    };

    assertThat(PercentileMethod.NIST.of(sorted, 12, 0.9)).isCloseTo(95.1981, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"0.01, 1", "0.5, 5", "0.9, 9", "0.95, 10", "0.99, 10", "1, 10"})
  void rankIsOneOfTheValues(double fraction, double expected) {
    double[] sorted = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    assertThat(PercentileMethod.RANK.of(sorted, 10, fraction)).isEqualTo(expected);
  }

  @Test
  void betweenTwoThatAreTheSameIsNothingElse() {
    double[] sorted = new double[30];
    Arrays.fill(sorted, -5);

    for (int permille = 0; permille <= 1000; permille++) {
      assertThat(PercentileMethod.LINEAR.of(sorted, 30, permille / 1000.0)).isEqualTo(-5);
    }
  }

  @Property(tries = 500)
  void methodsAreWithinTheValuesAndRiseWithTheFraction(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = -50, max = 50) Integer> values,
      @ForAll @IntRange(max = 1000) int permille) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    int n = sorted.length;
    for (PercentileMethod method : PercentileMethod.values()) {
      double found = method.of(sorted, n, permille / 1000.0);
      assertThat(found).isBetween(sorted[0], sorted[n - 1]);
      assertThat(found).isGreaterThanOrEqualTo(method.of(sorted, n, permille / 2000.0) - 1e-9);
    }
    assertThat(PercentileMethod.RANK.of(sorted, n, permille / 1000.0)).isIn(boxed(sorted));
  }

  @Property(tries = 300)
  void aRankIsThatOfTheFormula(
      @ForAll @IntRange(min = 1, max = 60) int n, @ForAll @IntRange(min = 1, max = 99) int p) {
    double[] sorted = new double[n];
    Arrays.setAll(sorted, i -> i + 1);
    double place = Math.floor(p / 100.0 * n + 0.9);

    assertThat(PercentileMethod.RANK.of(sorted, n, p / 100.0))
        .isEqualTo(Math.min(n, Math.max(1, place)));
  }

  private static Object[] boxed(double[] values) {
    return Arrays.stream(values).boxed().toArray();
  }
}
