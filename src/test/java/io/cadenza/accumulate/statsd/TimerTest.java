package io.cadenza.accumulate.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Timers beyond what is kept of them. */
class TimerTest {
  private static final String[] ALL = {
    "internal-metrics = false",
    "percentiles = [50, 90, 99, -90, 100, -100]",
    "histogram = [{ metric = \"\", bins = [10, 100, inf] }]"
  };

  @Test
  void aSketchIsRightToAHundredthAndTheRestExact() {
    Map<String, Double> exact = flushed(100_000, new StatsdRig(1, ALL));
    Map<String, Double> sketch =
        flushed(1_000, new StatsdRig(1, ALL[0], ALL[1], ALL[2], "exact-samples = 1000"));

    assertThat(sketch.keySet()).isEqualTo(exact.keySet());
    exact.forEach(
        (name, value) -> {
          boolean whole =
              name.matches(
                  ".*\\.(count|count_ps|sum|mean|upper|lower|sum_squares|std|"
                      + "count_.*|sum_100|sum_top100)");
          double error = whole ? 1e-9 : name.contains("squares") ? 0.03 : 0.02;
          assertThat(sketch.get(name))
              .describedAs(name)
              .isCloseTo(value, within(Math.abs(value) * error + 1e-9));
        });
  }

  private static Map<String, Double> flushed(int expectedKept, StatsdRig rig) {
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      rig.packet("t:" + Math.exp(random.nextGaussian() * 2 + 3) + "|ms|@0.5");
    }
    assertThat(rig.shared.sampleBytes()).isLessThanOrEqualTo(expectedKept * 16L);
    Map<String, Double> all = new HashMap<>();
    for (String line : rig.flush()) {
      String[] parts = line.split(" ");
      all.put(parts[0], Double.valueOf(parts[1]));
    }
    return all;
  }

  @Test
  void aSketchHasValuesBelowZeroAndZero() {
    var rig = new StatsdRig(1, ALL[0], "percentiles = [10, 50]", "exact-samples = 1");
    for (int i = -50; i <= 50; i++) {
      rig.packet("t:" + i + "|h");
    }

    assertThat(rig.flush())
        .contains(
            "stats.timers.t.lower -50",
            "stats.timers.t.median 0",
            "stats.timers.t.sum 0",
            "stats.timers.t.count 101");
  }

  @Test
  void memoryIsSharedByAllTimers() {
    var rig = new StatsdRig(2, ALL[0], "exact-samples-memory = 100KiB");
    for (int i = 0; i < 20_000; i++) {
      rig.packet("t" + i % 20 + ":" + i + "|ms");
    }

    long always = 20 * SampleRoom.ALWAYS * 8;
    assertThat(rig.shared.sampleBytes()).isBetween(1L, (100 << 10) + always);
    List<String> lines = rig.flush();
    for (int i = 0; i < 20; i++) {
      assertThat(lines).contains("stats.timers.t" + i + ".count 1000");
    }
  }

  @Test
  void fewSamplesStayExactWithoutMemory() {
    var rig = new StatsdRig(1, ALL[0], "exact-samples-memory = 0");
    for (int i = 1; i <= SampleRoom.ALWAYS; i++) {
      rig.packet("t:" + i + ".25|ms");
    }

    assertThat(rig.flush()).contains("stats.timers.t.median 128.75");
  }

  @Test
  void aSketchIsSentOnAsAFewSamplesThatCountAsAll() {
    var rig = new StatsdRig(1, "output = statsd", "exact-samples = 100");
    var next = new StatsdRig(1, ALL[0]);
    for (int i = 1; i <= 10_000; i++) {
      rig.packet("t:" + i + "|ms");
    }
    List<String> sent = rig.flush();
    sent.forEach(next::packet);

    assertThat(sent).hasSize(1000);
    List<String> lines = next.flush();
    double median = figure(lines, "stats.timers.t.median ");
    assertThat(median).isCloseTo(5000, within(100.0));
    assertThat(figure(lines, "stats.timers.t.count ")).isCloseTo(10_000, within(1e-6));
  }

  private static double figure(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBusyIntervalIsNotRememberedForEver() {
    var rig = new StatsdRig(1, ALL[0]);
    for (int i = 0; i < 10_000; i++) {
      rig.packet("t:1|ms");
    }
    rig.flush();
    for (int i = 0; i < 20; i++) {
      rig.packet("t:1|ms");
      rig.flush();
    }

    assertThat(rig.shared.sampleBytes()).isLessThanOrEqualTo(8 * 8);
  }
}
