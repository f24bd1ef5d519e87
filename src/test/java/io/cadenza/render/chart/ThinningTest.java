package io.cadenza.render.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ThinningTest {
  @Test
  void fewPointsStayAsTheyAre() {
    double[] values = {1, Double.NaN, 3, Double.POSITIVE_INFINITY};

    Thinning thin = new Thinning(100, 10, values).between(100, 140, 50);

    assertThat(thin.times()).containsExactly(100, 110, 120, 130);
    assertThat(thin.values()).containsExactly(1, Double.NaN, 3, Double.NaN);
  }

  @Test
  void columnWithoutAnyValueIsAGap() {
    double[] values = new double[1000];
    Arrays.fill(values, 400, 500, Double.NaN);

    Thinning thin = new Thinning(0, 1, values).between(0, 1000, 10);

    assertThat(thin.values()).contains(Double.NaN);
    assertThat(thin.times()).contains(400);
  }

  @Test
  void whatIsOutsideOfTheTimeIsLeftOutButForItsNeighbours() {
    Thinning thin = new Thinning(0, 10, new double[100]).between(200, 250, 100);

    assertThat(thin.times()).containsExactly(200, 210, 220, 230, 240, 250);
  }

  @Property
  void extremesAndOrderStayAndColumnsBoundTheRest(
      @ForAll @Size(min = 1, max = 500) List<@DoubleRange(min = -1e6, max = 1e6) Double> all,
      @ForAll @IntRange(min = 1, max = 60) int columns,
      @ForAll @IntRange(min = 1, max = 70) int step) {
    double[] values = all.stream().mapToDouble(Double::doubleValue).toArray();

    Thinning thin =
        new Thinning(1000, step, values).between(1000, 1000 + (long) step * values.length, columns);

    double[] kept = thin.values();
    assertThat(kept.length).isLessThanOrEqualTo(Thinning.A_COLUMN * (columns + 2));
    assertThat(max(kept)).isEqualTo(max(values));
    assertThat(-max(negated(kept))).isEqualTo(-max(negated(values)));
    assertThat(thin.times()).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < kept.length; i++) {
      assertThat(kept[i]).isEqualTo(values[(int) ((thin.times()[i] - 1000) / step)]);
    }
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  private static double[] negated(double[] values) {
    return Arrays.stream(values).map(value -> -value).toArray();
  }
}
