package io.cadenza.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LineMakerTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000L));

  private static LineMaker maker(LineMaker.Kind kind, int perKey) {
    return new LineMaker(kind, List.of("cow", "here"), perKey, new SplittableRandom(1), CLOCK);
  }

  private static List<String> lines(LineMaker.Kind kind, int count) {
    Buffer buffer = Buffer.buffer();
    maker(kind, 3).fill(buffer, Integer.MAX_VALUE, count);
    return buffer.toString().lines().toList();
  }

  @Test
  void makesGraphiteLinesOfNow() {
    assertThat(lines(LineMaker.Kind.GRAPHITE, 1000))
        .hasSize(1000)
        .allSatisfy(
            line -> assertThat(line).matches("graphitetest(\\.(cow|here)){3} \\d{1,4} 1700000000"));
  }

  @Test
  void makesStatsdLinesOfThreeTypes() {
    assertThat(lines(LineMaker.Kind.STATSD, 1000))
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "statdtest(\\.(cow|here)){3}:(0|[1-9]\\d{0,3})\\|(c|g|ms)\\|@0\\.\\d\\d"));
  }

  @Test
  void hasEverySampleRateButNought() {
    assertThat(
            lines(LineMaker.Kind.STATSD, 20_000).stream()
                .map(line -> line.substring(line.indexOf('@')))
                .collect(Collectors.toSet()))
        .hasSize(99)
        .contains("@0.01", "@0.99")
        .doesNotContain("@0.00");
  }

  @Test
  void fillsABufferWithWholeLinesOnly() {
    LineMaker maker = maker(LineMaker.Kind.STATSD, 3);
    for (int i = 0; i < 100; i++) {
      Buffer buffer = Buffer.buffer();
      maker.fill(buffer, 512, Long.MAX_VALUE);
      assertThat(buffer.length()).isBetween(450, 512);
      assertThat(buffer.toString()).startsWith("statdtest.").endsWith("\n");
    }
  }

  @Test
  void sendsALineThatIsLongerThanTheBufferAlone() {
    Buffer buffer = Buffer.buffer();
    int count = maker(LineMaker.Kind.GRAPHITE, 40).fill(buffer, 10, 5);
    assertThat(count).isEqualTo(1);
    assertThat(buffer.toString()).endsWith(" 1700000000\n");
  }

  @Test
  void keepsTheLineThatHadNoRoomForTheNextBuffer() {
    Buffer whole = Buffer.buffer();
    maker(LineMaker.Kind.STATSD, 3).fill(whole, Integer.MAX_VALUE, 50);
    LineMaker inParts = maker(LineMaker.Kind.STATSD, 3);
    Buffer parts = Buffer.buffer();
    for (int left = 50; left > 0; ) {
      Buffer part = Buffer.buffer();
      left -= inParts.fill(part, 100, left);
      parts.appendBuffer(part);
    }
    assertThat(parts).isEqualTo(whole);
  }
}
