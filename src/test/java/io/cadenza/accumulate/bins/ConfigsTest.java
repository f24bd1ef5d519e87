package io.cadenza.accumulate.bins;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigsTest {
  private static final long DAY = 86_400;

  @ParameterizedTest
  @CsvSource({
    "10s, 10000, 315360000",
    "5s:168h, 5000, 604800",
    "100ms:1h, 100, 3600",
    "1m:30d, 60000, 2592000",
    "10m:1y, 600000, 31536000",
    "1h:1w, 3600000, 604800",
    "1d:2mon, 86400000, 5184000",
    "1h30m:10y, 5400000, 315360000"
  })
  void anIntervalHasATimeToLive(String text, long millis, long ttl) {
    assertThat(Resolution.parse(text)).hasValue(new Resolution(millis, ttl));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "s",
        "10s:",
        ":10s",
        "0s",
        "10s:0s",
        "10s:1d:1d",
        "-1s",
        "1.5s",
        "10 s",
        "1x",
        "9999999999999999s",
        "99999y",
        "10s:500ms"
      })
  void otherTextIsNone(String text) {
    assertThat(Resolution.parse(text)).isEmpty();
  }

  @Test
  void timesAreMultiplesOfOneAnother() {
    assertThat(Resolution.read(accumulate("times = [\"10s:168h\", \"1m:30d\", \"1h\"]")))
        .containsExactly(
            new Resolution(10_000, 7 * DAY),
            new Resolution(60_000, 30 * DAY),
            new Resolution(3_600_000, 3650 * DAY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "times = [10s, 25s] | times[1] | multiple",
        "times = [10s, 10s] | times[1] | multiple",
        "times = [1m, 10s] | times[1] | multiple",
        "times = [10s, 1x] | times[1] | units are",
        "times = [\"10s:168h\", \"1m:30s\"] | times[1] | the longer time it is kept",
        "times = [10s, 1m], flush = 5s | times[0] | not the flush interval",
        "times = [1ms, 1m] | times[0] | 100ms",
        "times = [2d] | times[0] | 24h"
      })
  void wrongTimesAreTold(String text, String path, String message) {
    Settings settings = accumulate(text);
    Resolution.read(settings);

    assertThat(settings.problems().list())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.toString()).contains(path.strip(), message.strip()));
  }

  @Test
  void aGraphiteAccumulatorForgetsKeysUnlessTold() {
    assertThat(graphite("").keepKeys()).isFalse();
    assertThat(graphite("keep-keys = true").keepKeys()).isTrue();
    assertThat(graphite("output = statsd").output()).isEqualTo(AccumulatorConfig.Output.STATSD);
  }

  @Test
  void aRuleHasItsDefaults() {
    RuleConfig rule = rule("to = a");

    assertThat(rule.functions()).containsExactly(Function.SUM);
    assertThat(rule.every()).isEqualTo(Duration.ofSeconds(10));
    assertThat(rule.waiting()).isEqualTo(Duration.ofSeconds(5));
    assertThat(rule.timestamp()).isEqualTo(RuleConfig.Timestamp.START);
    assertThat(rule.late()).isEqualTo(RuleConfig.Late.RE_EMIT);
    assertThat(rule.keep()).isEqualTo(5);
    assertThat(rule.percentileMethod()).isEqualTo(PercentileMethod.LINEAR);
  }

  @Test
  void aRuleMayHaveSeveralFunctions() {
    RuleConfig rule = rule("to = a, function = [avg, p99.9, count], late = drop, timestamp = end");

    assertThat(rule.functions())
        .extracting(Function::name)
        .containsExactly("avg", "p99.9", "count");
    assertThat(rule.late()).isEqualTo(RuleConfig.Late.DROP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "function = mode | defaults.aggregate.function | median",
        "function = [sum, mode] | function[1] | median",
        "function = [sum, sum] | function[1] | twice",
        "function = [] | function | missing",
        "every = 0s | every | 100ms",
        "keep = -1 | keep | 0"
      })
  void wrongRulesAreTold(String text, String path, String message) {
    Settings settings = aggregate(text);
    RuleConfig.read(settings);

    assertThat(settings.problems().list())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.toString()).contains(path.strip(), message.strip()));
  }

  @Test
  void aRuleForAKeyHasAFunctionOfRunningFigures() {
    Settings settings =
        Configuration.read("defaults.aggregation-rule { function = last }", "test")
            .block("defaults")
            .block("aggregation-rule");

    assertThat(Guess.Rule.function(settings)).isEqualTo(Function.LAST);
    assertThat(settings.problems().list()).isEmpty();
  }

  @Test
  void rulesAreToldApartByWhatTheySay() {
    assertThat(rule("to = a").signature()).isEqualTo(rule("to = a, wait = 1s").signature());
    assertThat(rule("to = a").signature())
        .isNotEqualTo(rule("to = b").signature())
        .isNotEqualTo(rule("to = a, every = 1m").signature())
        .isNotEqualTo(rule("to = a, function = median").signature());
  }

  private static GraphiteConfig graphite(String text) {
    Settings settings = accumulate(text);
    AccumulatorConfig common = AccumulatorConfig.read("main", settings, Duration.ofSeconds(10));
    GraphiteConfig config = GraphiteConfig.read(common, settings);
    assertThat(settings.problems().list()).isEmpty();
    return config;
  }

  private static RuleConfig rule(String text) {
    Settings settings = aggregate(text);
    RuleConfig rule = RuleConfig.read(settings);
    assertThat(settings.problems().list()).isEmpty();
    return rule;
  }

  private static Settings accumulate(String text) {
    return Configuration.read("defaults.accumulate { " + text + " }", "test")
        .block("defaults")
        .block("accumulate");
  }

  private static Settings aggregate(String text) {
    return Configuration.read("defaults.aggregate { " + text + " }", "test")
        .block("defaults")
        .block("aggregate");
  }
}
