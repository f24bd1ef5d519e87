package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.config.Problem;
import io.cadenza.config.Settings;
import io.cadenza.store.Aggregate;
import io.cadenza.store.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhisperConfigTest {
  @TempDir private Path dir;

  private static WhisperConfig read(String keys) {
    return WhisperConfig.read(WhisperRig.settings(keys));
  }

  private static List<String> problems(String keys) {
    Settings settings = WhisperRig.settings(keys);
    WhisperConfig.read(settings);
    return settings.problems().list().stream().map(WhisperConfigTest::shown).toList();
  }

  private static String shown(Problem problem) {
    return problem.path() + ": " + problem.message();
  }

  private String file(String name, String text) throws IOException {
    return "\"" + Files.writeString(dir.resolve(name), text) + "\"";
  }

  private static Layout layout(WhisperConfig config, String key) {
    return config.layout(key.getBytes(UTF_8));
  }

  @Test
  void hasDefaults() {
    WhisperConfig config = read("");

    assertThat(config.retentions()).isEqualTo(Wsp.retentions("10s:6h", "1m:7d"));
    assertThat(config.checkFiles()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.fsync()).isEqualTo(Fsync.NONE);
    assertThat(config.hashTagged()).isTrue();
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void guessesMethodAndFactorByTheName() {
    WhisperConfig config = read("");

    assertThat(layout(config, "a.count").method()).isEqualTo(Aggregate.SUM);
    assertThat(layout(config, "a.count").xFilesFactor()).isZero();
    assertThat(layout(config, "a.upper_90").method()).isEqualTo(Aggregate.MAX);
    assertThat(layout(config, "a.upper_90").xFilesFactor()).isEqualTo(0.1f);
    assertThat(layout(config, "stats.gauges.a").method()).isEqualTo(Aggregate.LAST);
    assertThat(layout(config, "stats.gauges.a").xFilesFactor()).isEqualTo(0.5f);
    assertThat(layout(config, "a.b;min=1").method()).isEqualTo(Aggregate.AVERAGE);
    assertThat(layout(read("x-files-factor = 0.3"), "a.count").xFilesFactor()).isEqualTo(0.3f);
  }

  @Test
  void tellsWhatWouldBeRight() {
    assertThat(problems("retentions = [\"10s:6h\", nonsense], path = \"\""))
        .containsExactly(
            "s.path: is empty; give a folder", "s.retentions[1]: \"nonsense\" " + Retention.WANTED);
    assertThat(problems("retentions = [\"10s:6h\", \"15s:7d\"]"))
        .containsExactly("s.retentions: 15s is no multiple of 10s");
    assertThat(problems("retentions = [\"1m:7d\", \"10s:6h\"]")).isEmpty();
    assertThat(problems("retentions = []")).containsExactly("s.retentions: there is none");
    assertThat(problems("x-files-factor = 1.1"))
        .containsExactly("s.x-files-factor: is not a number from 0 to 1");
    assertThat(problems("fsync = sometimes"))
        .containsExactly("s.fsync: is not one of none, always");
    assertThat(problems("schemas = \"" + dir.resolve("none") + "\""))
        .hasSize(1)
        .first()
        .asString()
        .contains("readable file");
  }

  @Test
  void readsStorageSchemasAsCarbonDoes() throws IOException {
    String schemas =
        file(
            "schemas.conf",
            """
            [carbon]
            pattern = ^carbon\\.
            retentions = 60:90d

            [none]
            pattern = ^x
            [no_pattern]
            retentions = 1m:1d
            [does_not_fit]
            pattern = ^servers
            retentions = 10s:1h, 15s:1d

            [servers]
            RETENTIONS = 1m:30d,10s:6h
            PATTERN = ^servers\\..*(cpu|mem)
            [points]
            pattern = seven
            retentions = 7s:1m
            """);
    WhisperConfig config = read("schemas = " + schemas);

    assertThat(config.retentions("carbon.agents.x")).isEqualTo(Wsp.retentions("60s:90d"));
    assertThat(config.retentions("servers.a.cpu0")).isEqualTo(Wsp.retentions("10s:6h", "60s:30d"));
    assertThat(config.retentions("a.seven")).isEqualTo(List.of(new Retention(7, 56)));
    assertThat(config.retentions("Servers.cpu")).isEqualTo(Wsp.retentions("60s:7d"));
    assertThat(config.warnings())
        .extracting(warning -> warning.substring(warning.lastIndexOf('/') + 1))
        .containsExactly(
            "schemas.conf:5: [none] is left out: it has no retentions",
            "schemas.conf:7: [no_pattern] is left out: it has no pattern",
            "schemas.conf:9: [does_not_fit] is left out: 15s is no multiple of 10s");
  }

  @Test
  void tellsWithWhichSchemasCarbonWouldNotStart() throws IOException {
    String schemas =
        file("s", "[a]\npattern = (\nretentions = 1m:1d\n[b]\npattern = b\nretentions = 1x:1d\n");

    assertThat(problems("schemas = " + schemas))
        .hasSize(2)
        .anyMatch(one -> one.contains("s:1: [a] \"(\" is no regex of RE2"))
        .anyMatch(one -> one.contains("s:4: [b] \"1x:1d\" is no retention"));
  }

  @Test
  void readsStorageAggregationAsCarbonDoes() throws IOException {
    String rules =
        file(
            "aggregation.conf",
            """
            [min]
            pattern = \\.low$
            xFilesFactor = 0.1
            aggregationMethod = min
            [half]
            pattern = ^half
            [odd]
            pattern = odd
            xfilesfactor = some
            [nothing]
            xFilesFactor = 0
            [tagged]
            pattern = ;dc=1
            aggregationMethod = absmax
            """);
    WhisperConfig config = read("x-files-factor = 0.9, aggregations = " + rules);

    assertThat(layout(config, "a.low")).extracting(Layout::method).isEqualTo(Aggregate.MIN);
    assertThat(layout(config, "a.low").xFilesFactor()).isEqualTo(0.1f);
    assertThat(layout(config, "half.count").method()).isEqualTo(Aggregate.AVERAGE);
    assertThat(layout(config, "half.count").xFilesFactor()).isEqualTo(0.5f);
    assertThat(layout(config, "a;dc=1").method()).isEqualTo(Aggregate.ABSMAX);
    assertThat(layout(config, "other.count").method()).as("guessed").isEqualTo(Aggregate.SUM);
    assertThat(layout(config, "other.count").xFilesFactor()).isEqualTo(0.9f);
    byte[] key = "x.half.low;y".getBytes(UTF_8);
    assertThat(config.method(key, 2, 6)).isEqualTo(Aggregate.AVERAGE);
    assertThat(config.method(key, 0, 10)).isEqualTo(Aggregate.MIN);
    assertThat(config.warnings())
        .extracting(warning -> warning.substring(warning.indexOf("[")))
        .containsExactly(
            "[odd] is left out: its xFilesFactor \"some\" is no number",
            "[nothing] is left out: it has no pattern");
  }

  @Test
  void tellsWithWhichAggregationCarbonWouldNotStart() throws IOException {
    String rules =
        file(
            "a",
            """
            [a]
            pattern = a
            aggregationMethod = mean
            [b]
            pattern = b
            xFilesFactor = 2
            [c]
            pattern = (?!x)
            """);

    assertThat(problems("aggregations = " + rules))
        .hasSize(3)
        .anyMatch(
            one ->
                one.contains(
                    "a:1: [a] aggregationMethod \"mean\" is not one of average, sum, last, max, min,"
                        + " avg_zero, absmax, absmin"))
        .anyMatch(one -> one.contains("a:4: [b] xFilesFactor \"2\" is no number from 0 to 1"))
        .anyMatch(one -> one.contains("a:7: [c] \"(?!x)\" is no regex of RE2"));
  }
}
