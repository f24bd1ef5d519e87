package io.cadenza.accumulate.bins;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cadenza.accumulate.bins.Function.Kind;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionTest {
  private final ValueRoom room = new ValueRoom(ValueRoom.USUAL);

  @ParameterizedTest
  @CsvSource({
    "p5, 0.05",
    "p50, 0.5",
    "p75, 0.75",
    "p99, 0.99",
    "p999, 0.999",
    "p9999, 0.9999",
    "p99.9, 0.999",
    "p100, 1",
    "p0, 0",
    "p505, 0.505",
    "p1000, 0.1",
    "median, 0.5",
    "p07, 0.07"
  })
  void percentilesAreReadAsCarbonWritesThem(String name, double fraction) {
    Function function = Function.named(name).orElseThrow();

    assertThat(function.kind()).isEqualTo(Kind.PERCENTILE);
    assertThat(function.fraction()).isEqualTo(fraction);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p",
        "p.5",
        "p5.",
        "p-1",
        "p101.0",
        "p1e1",
        "p5.5.5",
        "SUM",
        "percentile",
        "mode",
        "p1234567890",
        "p٣"
      })
  void otherNamesAreNone(String name) {
    assertThat(Function.named(name)).isEmpty();
  }

  @Test
  void inKeysTheNameHasNoDot() {
    assertThat(new String(Function.named("p99.9").orElseThrow().keyPart(), US_ASCII))
        .isEqualTo("p99_9");
    assertThat(new String(Function.named("avg").orElseThrow().keyPart(), US_ASCII))
        .isEqualTo("avg");
  }

  @Property(tries = 300)
  void runningFiguresAreThoseOfAllValues(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -1000, max = 1000) Double> values) {
    RuleBin bin = bin(values);
    double sum = values.stream().mapToDouble(v -> v).sum();
    double mean = sum / values.size();
    double variance =
        values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / values.size();
    double max = values.stream().mapToDouble(v -> v).max().orElseThrow();
    double min = values.stream().mapToDouble(v -> v).min().orElseThrow();

    assertThat(value(bin, "sum")).isCloseTo(sum, within(1e-9));
    assertThat(value(bin, "avg")).isCloseTo(mean, within(1e-9));
    assertThat(value(bin, "mean")).isCloseTo(mean, within(1e-9));
    assertThat(value(bin, "variance")).isCloseTo(variance, within(1e-6));
    assertThat(value(bin, "stdev")).isCloseTo(Math.sqrt(variance), within(1e-3));
    assertThat(value(bin, "min")).isEqualTo(min);
    assertThat(value(bin, "max")).isEqualTo(max);
    assertThat(value(bin, "delta")).isEqualTo(max - min);
    assertThat(value(bin, "count")).isEqualTo(values.size());
    assertThat(value(bin, "first")).isEqualTo(values.get(0));
    assertThat(value(bin, "last")).isEqualTo(values.get(values.size() - 1));
  }

  /** The sum of squares less the square of the sum would have no digit left here. */
  @Test
  void theVarianceOfLargeNumbersIsRight() {
    RuleBin bin = bin(List.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16));

    assertThat(value(bin, "variance")).isCloseTo(22.5, within(1e-6));
  }

  @Test
  void deriveIsTheRiseBySecondFromTheOldestToTheNewestTime() {
    RuleBin bin = new RuleBin(0, null);
    bin.add(10, 105);
    bin.add(2, 101);
    bin.add(99, 101);
    bin.add(22, 109);
    bin.add(77, 109);

    assertThat(value(bin, "derive")).isEqualTo((22 - 2) / 8.0);
  }

  @Test
  void deriveOfOneTimeIsNothing() {
    RuleBin bin = new RuleBin(0, null);
    bin.add(10, 105);
    bin.add(12, 105);

    assertThat(bin.has(Function.named("derive").orElseThrow())).isFalse();
  }

  @Property(tries = 200)
  void binsOfTwoPartsAreThatOfTheWhole(
      @ForAll @Size(min = 2, max = 30) List<@IntRange(min = -99, max = 99) Integer> values,
      @ForAll @IntRange(max = 28) int cut) {
    List<Double> all = values.stream().map(Integer::doubleValue).toList();
    int at = Math.min(cut, all.size() - 1);
    RuleBin later = bin(all.subList(at, all.size()));
    if (at > 0) {
      later.merge(bin(all.subList(0, at)));
    }
    RuleBin whole = bin(all);

    for (String name : List.of("sum", "count", "min", "max", "first", "last", "median", "p90")) {
      assertThat(value(later, name)).as(name).isEqualTo(value(whole, name));
    }
    assertThat(value(later, "variance")).isCloseTo(value(whole, "variance"), within(1e-9));
  }

  private RuleBin bin(List<Double> values) {
    RuleBin bin = new RuleBin(0, new Values(room));
    for (double value : values) {
      bin.add(value, 100);
    }
    return bin;
  }

  private static double value(RuleBin bin, String name) {
    return bin.value(Function.named(name).orElseThrow(), PercentileMethod.LINEAR);
  }
}
