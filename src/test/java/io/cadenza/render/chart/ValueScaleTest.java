package io.cadenza.render.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ValueScaleTest {
  private static final ChartOptions.Range FREE = fixed(Double.NaN, Double.NaN);

  private static ChartOptions.Range fixed(double low, double high) {
    return new ChartOptions.Range(low, high);
  }

  private static ValueScale of(double least, double most, ChartOptions.Range range, int about) {
    return ValueScale.of(least, most, range, UnitSystem.SI, about);
  }

  private static List<String> labels(ValueScale scale) {
    return scale.marks().stream().map(Mark::label).toList();
  }

  @Test
  void goesToTheRoundValuesAroundAll() {
    assertThat(labels(of(320, 4547, FREE, 5))).containsExactly("0", "1k", "2k", "3k", "4k", "5k");
    assertThat(labels(of(-12, 7, FREE, 4))).containsExactly("-15", "-10", "-5", "0", "5", "10");
  }

  @Test
  void lineWithoutHeightIsSeenFromZero() {
    assertThat(labels(of(5, 5, FREE, 3))).containsExactly("0", "2", "4", "6");
    assertThat(labels(of(-5, -5, FREE, 3))).containsExactly("-6", "-4", "-2", "0");
    assertThat(labels(of(0, 0, FREE, 2))).containsExactly("0", "0.5", "1");
  }

  @Test
  void withoutValuesItIsThere() {
    assertThat(labels(of(Double.NaN, Double.NaN, FREE, 2))).containsExactly("0", "0.5", "1");
  }

  @Test
  void fixedEndsStay() {
    ValueScale both = of(-100, 100, fixed(1, 8), 4);
    ValueScale above = of(1, 2, fixed(5, Double.NaN), 4);
    ValueScale below = of(7, 9, fixed(Double.NaN, 5), 4);

    assertThat(both.low()).isEqualTo(1);
    assertThat(both.high()).isEqualTo(8);
    assertThat(labels(both)).containsExactly("2", "4", "6", "8");
    assertThat(above.low()).isEqualTo(5);
    assertThat(above.high()).isGreaterThan(5);
    assertThat(below.high()).isEqualTo(5);
    assertThat(below.low()).isLessThan(5);
  }

  @Property
  void anyValuesHaveAScaleThatHoldsThem(
      @ForAll double one,
      @ForAll double other,
      @ForAll UnitSystem units,
      @ForAll @IntRange(min = 0, max = 60) int about) {
    double least = Math.min(one, other);
    double most = Math.max(one, other);

    ValueScale scale = ValueScale.of(least, most, FREE, units, about);

    assertThat(scale.high() - scale.low()).isPositive().isFinite();
    double slack = scale.step() * 1e-6;
    assertThat(scale.low()).isLessThanOrEqualTo(Math.max(least, -1e300) + slack);
    assertThat(scale.high()).isGreaterThanOrEqualTo(Math.min(most, 1e300) - slack);
    assertThat(scale.marks()).hasSizeBetween(1, 2 * Math.max(1, about) + 3);
    assertThat(labels(scale)).doesNotHaveDuplicates().allMatch(label -> label.length() < 24);
  }
}
