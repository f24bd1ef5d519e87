package io.cadenza.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsolidateTest {
  private static Series series(long start, int step, double... values) {
    return new Series("a", "a", Map.of("name", "a"), start, step, values);
  }

  private static Series consolidated(Series series, int points) {
    return Renderer.consolidate(series, Renderer.span(List.of(series)), points);
  }

  @Test
  void leavesSeriesThatHaveFewEnough() {
    Series series = series(60, 60, 1, 2, 3);

    assertThat(consolidated(series, 0)).isSameAs(series);
    assertThat(consolidated(series, 3)).isSameAs(series);
    assertThat(consolidated(series, 100)).isSameAs(series);
  }

  @Test
  void bucketsLieOnMultiplesOfTheirLength() {
    Series fewer = consolidated(series(1010, 10, 1, 2, 3, 4, 5, 6, 7, 8), 2);

    assertThat(fewer.step()).isEqualTo(40);
    assertThat(fewer.start()).isEqualTo(1040);
    assertThat(fewer.values()).containsExactly(4.5, 7.5);
  }

  @ParameterizedTest
  @CsvSource({
    "average, 2.5",
    "avg, 2.5",
    "avg_zero, 1.6666666666666667",
    "sum, 5",
    "min, 1",
    "max, 4",
    "first, 1",
    "last, 4"
  })
  void makesOneValueByTheFunctionOfTheSeries(String function, double value) {
    Series series = series(0, 10, 1, Double.NaN, 4).consolidation(function);

    assertThat(consolidated(series, 1).values()).containsExactly(value);
  }

  @Test
  void hasNothingWhereTooFewValuesAreThere() {
    Series series = series(0, 10, 1, Double.NaN, Double.NaN, 4, 5, 6).xFilesFactor(0.5);

    assertThat(Consolidation.values(series, 3)).containsExactly(Double.NaN, 5);
    assertThat(Consolidation.values(series(0, 10, Double.NaN, Double.NaN), 2))
        .containsExactly(Double.NaN);
  }

  @Test
  void refusesFunctionsThatNobodyKnows() {
    assertThatThrownBy(() -> consolidated(series(0, 10, 1, 2).consolidation("mean"), 1))
        .isInstanceOf(RenderException.class)
        .hasMessageContaining("'mean'");
  }

  @Test
  void bearsSeriesOfNothing() {
    assertThat(consolidated(series(0, 10), 1).points()).isZero();
    assertThat(consolidated(series(0, 10), 5).points()).isZero();
    assertThat(Renderer.span(List.of())).isZero();
  }

  @Property
  void sumsStayTheSame(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = -1000, max = 1000) Integer> numbers,
      @ForAll @IntRange(min = 1, max = 50) int each) {
    double[] values = numbers.stream().mapToDouble(Integer::doubleValue).toArray();
    Series series = series(0, 10, values).consolidation("sum");

    double[] fewer = Consolidation.values(series, each);

    assertThat(fewer).hasSize((values.length + each - 1) / each);
    assertThat(Arrays.stream(fewer).sum()).isEqualTo(Arrays.stream(values).sum());
  }

  @Property
  void neverShowsMoreThanWasAskedFor(
      @ForAll @IntRange(max = 100_000) int start,
      @ForAll @IntRange(min = 1, max = 3600) int step,
      @ForAll @IntRange(min = 1, max = 2000) int length,
      @ForAll @IntRange(min = 1, max = 500) int most) {
    Series fewer = consolidated(series((long) start * step, step, new double[length]), most);

    assertThat(fewer.points()).isLessThanOrEqualTo(most);
    assertThat(fewer.start()).isGreaterThanOrEqualTo((long) start * step);
  }
}
