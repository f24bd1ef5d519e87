package io.cadenza.render.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowsTest {
  @Property(tries = 2000)
  void aggregatesEachWindowAsIfItWereAlone(
      @ForAll("values") double[] values,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll Aggregation aggregation,
      @ForAll @DoubleRange(min = 0, max = 1) double xFilesFactor) {
    double[] results = new Windows(values, size, aggregation, xFilesFactor).results();

    assertThat(results).hasSize(Math.max(0, values.length - size));
    for (int i = 0; i < results.length; i++) {
      double[] there =
          Arrays.stream(values, i + 1, i + 1 + size).filter(v -> !Double.isNaN(v)).toArray();
      boolean enough = there.length > 0 && (double) there.length / size >= xFilesFactor;
      Double alone = enough ? aggregation.of(there) + 0.0 : Double.NaN;
      assertThat((Double) (results[i] + 0.0)).isEqualTo(alone);
    }
  }

  @Provide
  Arbitrary<double[]> values() {
    Arbitrary<Double> whole = Arbitraries.integers().between(-50, 50).map(Integer::doubleValue);
    Arbitrary<Double> any = Arbitraries.doubles().between(-1000, 1000).ofScale(3);
    Arbitrary<Double> nothing = Arbitraries.just(Double.NaN);
    return Arbitraries.oneOf(
        Arbitraries.oneOf(whole, nothing).array(double[].class).ofMaxSize(120),
        Arbitraries.oneOf(any, nothing).array(double[].class).ofMaxSize(120));
  }

  @Test
  void aWindowOfNoPointsHasNothing() {
    double[] results = new Windows(new double[] {1, 2}, 0, Aggregation.SUM, 0).results();

    assertThat(results).containsExactly(Double.NaN, Double.NaN);
  }

  @Property
  void theMiddleOfASortedWindowIsTheMedian(@ForAll List<@IntRange(max = 20) Integer> numbers) {
    double[] values = numbers.stream().mapToDouble(Integer::doubleValue).toArray();
    SortedWindow window = new SortedWindow(values.length + 1);
    window.add(5);
    for (double value : values) {
      window.add(value);
      window.add(Double.NaN);
    }
    window.remove(5);
    window.remove(Double.NaN);

    if (values.length > 0) {
      assertThat(window.median()).isEqualTo(Aggregation.MEDIAN.of(values));
    }
  }
}
