package io.cadenza.writer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.writer.StoreConfigs;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileConfigTest {
  private static FileConfig read(String block) {
    return StoreConfigs.read("file", block, FileConfig::read);
  }

  @Test
  void hasCadentsDefaults() {
    FileConfig config = read("path = data/metrics");

    assertThat(config.path()).isEqualTo(Path.of("data/metrics"));
    assertThat(config.file(10)).isEqualTo(Path.of("data/metrics_10s"));
    assertThat(config.maxFileSize()).isEqualTo(100 << 20);
    assertThat(config.rotateEvery()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.ttlInSeconds()).isFalse();
    assertThat(read("path = m").file(60)).isEqualTo(Path.of("m_60s"));
  }

  @ParameterizedTest
  @CsvSource({"104857600, 104857600", "'\"104857600\"', 104857600", "2MiB, 2097152", "4k, 4096"})
  void takesASizeAsNumberOrText(String text, long bytes) {
    assertThat(read("path = m, max-file-size = " + text).maxFileSize()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "data/", "..", "data/..", "/"})
  void wantsAPathThatNamesFiles(String path) {
    assertThatThrownBy(() -> read("path = \"" + path + "\"")).hasMessageContaining("path");
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                read("max-file-size = 1, rotate-every = 10, ttl-unit = m, retentions = [x], q = 1"))
        .hasMessageContaining("path: missing")
        .hasMessageContaining("max-file-size: 1 is not a size")
        .hasMessageContaining("rotate-every: 10 has no unit")
        .hasMessageContaining("ttl-unit: \"m\" is not one of ns, s")
        .hasMessageContaining("retentions[0]: \"x\" is no retention")
        .hasMessageContaining("q: unknown key");
  }

  @ParameterizedTest
  @CsvSource({
    "'[\"10s:6h\", \"15s:7d\"]', 15s is no multiple of 10s",
    "'[\"10s:6h\", \"1m:6h\"]', kept no longer",
    "'[]', there is none"
  })
  void wantsRetentionsThatGoTogether(String list, String problem) {
    assertThatThrownBy(() -> read("path = m, retentions = " + list)).hasMessageContaining(problem);
  }
}
