package io.cadenza.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final Pattern KEY = Pattern.compile("\\s*[a-z][a-z0-9-]*\\s*[={].*");

  @Test
  void hasACommentAboveEveryKey() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("conf/reference.conf"));
    List<String> bare = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (KEY.matcher(lines.get(i)).matches() && !isComment(lines, i - 1)) {
        bare.add(lines.get(i).strip());
      }
    }

    assertThat(bare).isEmpty();
  }

  @Test
  void showsOneKeyALineSoThatTheCommentIsItsOwn() throws IOException {
    long lines =
        Files.readAllLines(Path.of("conf/reference.conf")).stream()
            .filter(line -> KEY.matcher(line).matches() && !line.strip().endsWith("{"))
            .filter(line -> !line.strip().endsWith("{}"))
            .count();

    assertThat(Configuration.referenceKeys()).hasSize((int) lines);
  }

  @Test
  void hasWhatOperatorsRelyOn() {
    assertThat(Configuration.referenceKeys())
        .contains(
            "defaults.listener.url",
            "defaults.listener.tls.client-auth",
            "defaults.pipeline.validate",
            "defaults.match.not-regex",
            "defaults.route.continue",
            "defaults.cluster.diverse-replicas",
            "defaults.destination.on-full",
            "admin.token",
            "shell.listen",
            "shutdown.deadline",
            "instances");
  }

  private static boolean isComment(List<String> lines, int at) {
    return at >= 0 && lines.get(at).strip().startsWith("#");
  }
}
