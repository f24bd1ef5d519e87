package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.LineBatch;
import io.cadenza.line.Shards;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that come with their hash from a router, and those that do not. */
class HashedLinesTest {
  private final StatsdRig rig = new StatsdRig(1);

  private void take(boolean hashed, String... lines) {
    LineBatch.Builder builder = new LineBatch.Builder(rig.format, 1 << 12);
    for (String line : lines) {
      byte[] bytes = line.getBytes(UTF_8);
      assertThat(builder.add(bytes, 0, bytes.length)).isZero();
      if (hashed) {
        builder.hash(Shards.fold(Shards.hash(bytes, 0, line.indexOf(':'))));
      }
    }
    rig.shards.get(0).take(builder.freeze(), rig.now);
  }

  @Test
  void bothAreOfTheSameSeries() {
    String[] lines = {"a.b:1|c", "a b:2|c", "a/b;x=y:3|c", "a.b:4|c|#x:y", "some.longer.key:5|c"};

    take(true, lines);
    take(false, lines);

    List<String> flushed = rig.series();
    assertThat(flushed)
        .contains(
            "stats_counts.a.b 2",
            "stats_counts.a_b 4",
            "stats_counts.a-b;x=y 6",
            "stats_counts.a.b;x=y 8",
            "stats_counts.some.longer.key 10");
    assertThat(flushed).hasSize(10);
  }
}
