package io.cadenza.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.LineRun;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class EncoderTest {
  private static LineRun run(String text) {
    byte[] bytes = ("xx" + text).getBytes(UTF_8);
    return new LineRun(bytes, 2, bytes.length, (int) text.chars().filter(c -> c == '\n').count());
  }

  private static String points(int n) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < n; i++) {
      lines.append("key.").append(i).append(" 1 1700000000\n");
    }
    return lines.toString();
  }

  private static List<Integer> frames(Buffer data) {
    List<Integer> sizes = new ArrayList<>();
    for (int at = 0; at < data.length(); at += 4 + data.getInt(at)) {
      sizes.add(data.getInt(at));
    }
    return sizes;
  }

  @Test
  void picklesAllRunsOfAWriteInFramesOfSoManyPoints() {
    Encoder encoder = new PickleEncoder(500);

    Buffer data = encoder.encode(List.of(run(points(700)), run(points(501))));

    assertThat(frames(data)).hasSize(3);
    assertThat(encoder.refused()).isZero();
  }

  @Test
  void countsLinesThatAPickleCannotTell() {
    Encoder encoder = new PickleEncoder(500);

    Buffer data = encoder.encode(List.of(run("a.b:1|c\nk x 1700000000\nk 1 1700000000\nk\n\n")));

    assertThat(frames(data)).hasSize(1);
    assertThat(encoder.refused()).isEqualTo(4);
  }

  @Test
  void countsAnewForEachWrite() {
    Encoder encoder = new PickleEncoder(500);
    encoder.encode(List.of(run("a:1|c\n")));

    Buffer data = encoder.encode(List.of(run(points(1))));

    assertThat(encoder.refused()).isZero();
    assertThat(frames(data)).hasSize(1);
  }

  @Test
  void writesNothingWhenNoLineCanBeTold() {
    Encoder encoder = new GzipEncoder(new PickleEncoder(500));

    assertThat(encoder.encode(List.of(run("a:1|c\n"))).length()).isZero();
    assertThat(encoder.refused()).isEqualTo(1);
  }

  @Test
  void compressesEachWriteToAMemberOfOneGzipStream() throws IOException {
    Encoder encoder = new GzipEncoder(new LineEncoder());
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    LineRun random = new LineRun(noise, 0, noise.length, 1);

    Buffer all = Buffer.buffer();
    all.appendBuffer(encoder.encode(List.of(run(points(9000)))));
    all.appendBuffer(encoder.encode(List.of(random)));
    all.appendBuffer(encoder.encode(List.of(run("a 1 2\n"), run("b 1 2\n"))));

    Buffer plain = Buffer.buffer(points(9000)).appendBytes(noise).appendString("a 1 2\nb 1 2\n");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(all.getBytes())).readAllBytes())
        .isEqualTo(plain.getBytes());
  }
}
