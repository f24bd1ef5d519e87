package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cadenza.line.LineBatch;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of known keys cost no memory. */
class AllocationTest {
  private static final int LINES = 1000;
  private static final int ROUNDS = 50;

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final StatsdRig rig = new StatsdRig(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5|c",
        "1|c|@0.1",
        "12|g",
        "-1|g",
        "320|ms",
        "0.3|ms",
        "1:2:3|ms|@0.5",
        "1|ms:2|c:x|c",
        "abc|s",
        "7|s",
        "a member that is longer than a word|s",
        "1|c|#b:1,a:2",
        "1|c|@0.5|T1656581400|#b:1,a:2|c:ci-1",
        "1e3|c",
        "bad",
        "1|c|@0",
        "nan|g",
      })
  void aLineOfAKnownKeyAllocatesNothing(String value) {
    LineBatch.Builder builder = new LineBatch.Builder(rig.format, 1 << 17);
    for (int i = 0; i < LINES; i++) {
      byte[] line = ("some.key_" + i % 100 + ":" + value).getBytes(UTF_8);
      builder.add(line, 0, line.length);
    }
    assertThatAllAreKnown(builder.freeze());
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 16, 17, 50})
  void aKnownMemberAllocatesNothing(int members) {
    LineBatch.Builder builder = new LineBatch.Builder(rig.format, 1 << 17);
    for (int i = 0; i < LINES; i++) {
      byte[] line = ("some.set_" + i % 10 + ":" + i / 10 % members + "|s").getBytes(UTF_8);
      builder.add(line, 0, line.length);
    }
    LineBatch batch = builder.freeze();
    rig.shards.get(0).take(batch, rig.now);

    assertThat(rounds(rig.shards.get(0), batch)).isLessThan(LINES * ROUNDS / 10);
  }

  private void assertThatAllAreKnown(LineBatch batch) {
    StatsdAccumulator shard = rig.shards.get(0);
    long first = rounds(shard, batch);
    rig.flush();
    long lines = rig.outs.get(0).lines();
    long second = rounds(shard, batch);

    long flushed = (rig.outs.get(0).lines() - lines) * 200;
    assertThat(second - flushed).isLessThan(LINES * ROUNDS / 10);
    assertThat(first).isNotNegative();
  }

  private long rounds(StatsdAccumulator shard, LineBatch batch) {
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      shard.take(batch, rig.now);
    }
    return thread.getCurrentThreadAllocatedBytes() - before;
  }
}
