package io.cadenza.render.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.render.RenderException;
import io.cadenza.render.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static Series series(long start, int step, double... values) {
    return new Series("a", "a", Map.of("name", "a"), start, step, values);
  }

  @Test
  void bringsSeriesToTheirCommonMultiple() {
    Series fine = series(0, 20, 1, 2, 3, 4, 5, 6);
    Series coarse = series(0, 30, 10, 20, 30, 40).consolidation("sum");

    Rows rows = Rows.of(List.of(fine, coarse));

    assertThat(rows.step()).isEqualTo(60);
    assertThat(rows.columns()).containsExactly(new double[] {2, 5}, new double[] {30, 70});
    assertThat(rows.end()).isEqualTo(120);
  }

  @Test
  void endsAfterWholeSteps() {
    Rows rows = Rows.of(List.of(series(100, 60, 1, 2), series(130, 60, 1, 2, 3)));

    assertThat(rows.start()).isEqualTo(100);
    assertThat(rows.end()).isEqualTo(280);
  }

  @Test
  void refusesStepsWithoutACommonMultiple() {
    List<Series> both = List.of(series(0, 86_399, 1), series(0, 86_400, 1));

    assertThatThrownBy(() -> Rows.of(both))
        .isInstanceOf(RenderException.class)
        .hasMessageContaining("no common multiple");
  }

  @Property
  void givesEachRowOnce(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 300) Integer> lengths) {
    List<Series> all = new ArrayList<>();
    for (int column = 0; column < lengths.size(); column++) {
      double[] values = new double[lengths.get(column)];
      for (int row = 0; row < values.length; row++) {
        values[row] = column * 1000 + row;
      }
      all.add(series(0, 10, values));
    }
    Rows rows = Rows.of(all);

    double[] sums = rows.map(Aggregation.SUM, 0);

    assertThat(sums).hasSize(rows.length());
    for (int row = 0; row < sums.length; row++) {
      Double sum = Double.NaN;
      for (int column = 0; column < all.size(); column++) {
        double value = rows.at(column, row);
        if (!Double.isNaN(value)) {
          sum = sum.isNaN() ? value : sum + value;
        }
      }
      assertThat((Double) sums[row]).isEqualTo(sum);
    }
  }
}
