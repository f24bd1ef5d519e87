package io.cadenza.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.config.ConfigException;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpoolConfigTest {
  @Test
  void hasDefaults() {
    SpoolConfig config = read("");

    assertThat(config)
        .isEqualTo(
            new SpoolConfig(
                Path.of("data/spool"),
                10L << 30,
                Duration.ZERO,
                64 << 20,
                Sync.INTERVAL,
                Duration.ofSeconds(1),
                AtBound.DROP_OLDEST));
  }

  @Test
  void readsWordsAndDurations() {
    assertThat(read("sync = none").sync()).isEqualTo(Sync.NONE);
    assertThat(read("sync = always").sync()).isEqualTo(Sync.ALWAYS);
    assertThat(read("sync = 250ms").syncEvery()).isEqualTo(Duration.ofMillis(250));
    assertThat(read("on-full = block").atBound()).isEqualTo(AtBound.BLOCK);
    assertThat(read("max-age = 1d").maxAge()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void aSegmentIsSmallBesideTheBound() {
    assertThat(read("max-bytes = 16MiB").segmentBytes()).isEqualTo(1 << 20);
    assertThat(read("max-bytes = 1MiB").segmentBytes()).isEqualTo(64 << 10);
    assertThat(read("segment = 1MiB").segmentBytes()).isEqualTo(1 << 20);
  }

  @Test
  void tellsWhatWouldBeRight() {
    String wrong =
        "max-bytes = 1MiB, segment = 512KiB, sync = allways, on-full = drop, path = \"\"";

    assertThat(problems(wrong))
        .contains("segment: is more than a quarter of max-bytes")
        .contains("is not none, always or a duration from 10ms to 1h")
        .contains("is not one of drop-oldest, drop-newest, block")
        .contains("path: is empty; give a folder");
  }

  @Test
  void aDestinationsOwnLiesOverIt() {
    Settings all = Configuration.read("d { sync = none }, spool { max-bytes = 16MiB }", "test");
    SpoolConfig config = SpoolConfig.read(all.block("d").withDefaults(all.block("spool")));

    assertThat(config.sync()).isEqualTo(Sync.NONE);
    assertThat(config.maxBytes()).isEqualTo(16 << 20);
  }

  private static SpoolConfig read(String text) {
    Settings all = Configuration.read("spool { " + text + " }", "test");
    SpoolConfig config = SpoolConfig.read(all.block("spool"));
    all.problems().throwIfAny();
    return config;
  }

  private static String problems(String text) {
    try {
      read(text);
      return "";
    } catch (ConfigException wrong) {
      return wrong.getMessage();
    }
  }
}
