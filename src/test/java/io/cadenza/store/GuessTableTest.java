package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessTableTest {
  @ParameterizedTest
  @CsvSource({
    "a.mean, AVERAGE",
    "a.avg, AVERAGE",
    "a.average, AVERAGE",
    "a.std, AVERAGE",
    "a.median, AVERAGE",
    "a.count, SUM",
    "a.errors, SUM",
    "a.requests, SUM",
    "a.sum, SUM",
    "a.hits, SUM",
    "a.ok, SUM",
    "a.max, MAX",
    "a.upper, MAX",
    "a.upper_90, MAX",
    "a.upper_any, MAX",
    "a.max_99, MAX",
    "a.min, MIN",
    "a.lower, MIN",
    "a.lower_90, MIN",
    "a.min_5, MIN",
    "a.upper_99_9, MAX",
    "a.last, LAST",
    "a.gauge, LAST",
    "a.absolute, LAST",
    "a.count_90, SUM",
    "a.Count, SUM",
    "count, SUM",
    "a.max;host=min, MAX",
    "a;x=y.count, AVERAGE",
    "stats.gauges.a.b, LAST",
    "stats.counters.a.rate, SUM",
    "stats_counts.a, SUM",
    "stats.sets.a, SUM",
    "stats.gauges.a.max, MAX"
  })
  void theLastComponentSaysIt(String key, Aggregate aggregate) {
    assertThat(GuessTable.method(key.getBytes(UTF_8))).isEqualTo(aggregate);
  }

  /** Cadent looks for the words anywhere. */
  @ParameterizedTest
  @CsvSource({
    "a.minutes",
    "account.a",
    "count.a",
    "a.maximal",
    "a.std_90",
    "a.max_",
    "a.max_x",
    "a.summary",
    "stats.settings.a",
    "stats_countless.a",
    "a.",
    "stats",
    "stats.gauges",
    "''"
  })
  void wordsAreWhole(String key) {
    assertThat(GuessTable.method(key.getBytes(UTF_8))).isEqualTo(Aggregate.AVERAGE);
  }
}
