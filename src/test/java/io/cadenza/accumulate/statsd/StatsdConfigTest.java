package io.cadenza.accumulate.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.statsd.NameConfig.Layout;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsdConfigTest {
  @Test
  void theDefaultsAreThoseOfNode() {
    StatsdConfig config = read("");

    assertThat(config.thresholds()).containsExactly(new Threshold(90, "90"));
    assertThat(config.histograms()).isEmpty();
    assertThat(config.statistics()).isNull();
    assertThat(config.flushCounts()).isTrue();
    assertThat(config.clean()).isTrue();
    assertThat(config.internalMetrics()).isTrue();
    assertThat(config.output()).isEqualTo(AccumulatorConfig.Output.GRAPHITE);
    assertThat(config.tags()).isEqualTo(StatsdConfig.TagStyle.GRAPHITE);
    assertThat(config.exactSamples()).isEqualTo(10_000);
    assertThat(config.exactSamplesMemory()).isEqualTo(128 << 20);
    for (SeriesKind kind : SeriesKind.values()) {
      assertThat(config.lifetimes().deletes(kind)).isFalse();
    }
    assertThat(config.names())
        .isEqualTo(
            new NameConfig(
                Layout.STATSD,
                true,
                "statsd",
                "stats",
                "",
                "counters",
                "timers",
                "gauges",
                "sets"));
  }

  @Test
  void itsOptionsAreToldByTheKeysOfTheConfiguration() {
    StatsdOptions told =
        read("percentiles = [99.9, -50], delete-idle-stats = true, delete-gauges = false,"
                + " histogram = [{ metric = a, bins = [1, inf] }], prefix-stats = own")
            .options();

    assertThat(told.percentiles()).containsExactly(99.9, -50.0);
    assertThat(told.histogram()).containsExactly("\"a\" [1.0, Infinity]");
    assertThat(told.deleteCounters()).isTrue();
    assertThat(told.deleteGauges()).isFalse();
    assertThat(told.prefixStats()).isEqualTo("own");
    assertThat(told.toString()).doesNotContain("[Z@").doesNotContain("[J@");
  }

  @Test
  void oneKindMayBeKeptWhereOthersAreDeleted() {
    Lifetimes lifetimes =
        read("delete-idle-stats = true, delete-gauges = false, expire-sets = 1m").lifetimes();

    assertThat(lifetimes.deletes(SeriesKind.COUNTER)).isTrue();
    assertThat(lifetimes.deletes(SeriesKind.GAUGE)).isFalse();
    assertThat(lifetimes.expired(SeriesKind.SET, 0, 60_000)).isTrue();
    assertThat(lifetimes.expired(SeriesKind.SET, 0, 59_999)).isFalse();
    assertThat(lifetimes.expired(SeriesKind.TIMER, 0, Long.MAX_VALUE)).isFalse();
  }

  @Test
  void aHistogramMayBeGivenWithoutText() {
    List<Histogram> histograms = read("histogram = [{ bins = [1, 2.5, inf] }]").histograms();

    assertThat(histograms)
        .containsExactly(new Histogram("", List.of(1.0, 2.5, Double.POSITIVE_INFINITY)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "percentiles = [101] ! a.percentiles[0]: is not a number from -100 to 100; give one",
        "percentiles = [x] ! a.percentiles[0]: is not a number from -100 to 100; give one",
        "percentiles = nan ! a.percentiles: is not a number from -100 to 100; give one",
        "percentiles = [9, 9.0] ! a.percentiles[1]: is there twice; leave one of the two out",
        "histogram = [{ bins = [2, 1] }] ! is not above the limit before it; sort them",
        "histogram = [{ bins = [x] }] ! is not a number; give one, or \"inf\"",
        "calculated-timer-metrics = [medium] ! median",
        "keep-keys = true, delete-idle-stats = true ! a.keep-keys: contradicts delete-idle-stats",
        "prefix-gauge = \"a b\" ! a.prefix-gauge: has a character that would break names",
        "prefix-gauge = \"a;b\" ! a.prefix-gauge: has a character that would break names",
        "layout = carbon ! a.layout",
        "tags = maybe ! a.tags",
        "gauges-max-ttl = 0 ! a.gauges-max-ttl",
        "exact-samples = 0 ! a.exact-samples",
        "expire-gauges = 5 ! a.expire-gauges",
      })
  void whatIsWrongIsTold(String conf, String message) {
    assertThatThrownBy(() -> read(conf)).hasMessageContaining(message);
  }

  private static StatsdConfig read(String conf) {
    Settings all = Configuration.read("a { " + conf + " }", "test");
    Settings defaults = all.block("defaults");
    Settings s = all.block("a").withDefaults(defaults.block("accumulate"));
    StatsdConfig config = StatsdConfig.read(s, defaults);
    all.problems().throwIfAny();
    return config;
  }
}
