package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Invalid;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickleWriterTest {
  private static Invalid append(PickleWriter writer, byte[] line) {
    long key = new GraphiteFormat().key(line, 0, line.length);
    return writer.append(line, (int) (key >>> 32), (int) key, line.length);
  }

  private static Invalid append(PickleWriter writer, String line) {
    return append(writer, line.getBytes(UTF_8));
  }

  /** The values of all frames. */
  private static List<Object> frames(PickleWriter writer) {
    List<Object> values = new ArrayList<>();
    new PickleFrames(1 << 20)
        .feed(
            writer.bytes(),
            0,
            writer.length(),
            new PickleFrames.Handler() {
              @Override
              public void frame(byte[] bytes, int from, int to) {
                values.add(PickleReader.unpickle(bytes, from, to));
              }

              @Override
              public void refused(Invalid reason) {
                values.add(reason);
              }
            });
    return values;
  }

  @Test
  void writesWhatPythonReads() {
    PickleWriter writer = new PickleWriter();
    append(writer, "a.b 2.5 1700000000");
    append(writer, "\u00e9 -1 4294967295");
    writer.finish();
    assertThat(HexFormat.of().formatHex(writer.bytes(), 0, writer.length()))
        .isEqualTo(
            "00000037"
                + "8002"
                + "5d"
                + "28"
                + "5803000000612e62"
                + "4a00f15365"
                + "474004000000000000"
                + "8686"
                + "5802000000c3a9"
                + "8a05ffffffff00"
                + "47bff0000000000000"
                + "8686"
                + "652e");
    assertThat(frames(writer))
        .containsExactly(
            List.of(
                List.of("a.b", List.of(1_700_000_000L, 2.5)),
                List.of("\u00e9", List.of(4294967295L, -1.0))));
  }

  @Test
  void writesTheValuesOfRecordedFrames() {
    for (PickleVectors.Vector vector : PickleVectors.read("pickle-frames.tsv")) {
      if (vector.kind().equals("ingest-300")) {
        Lines lines = new Lines();
        new PickleReader().read(vector.bytes(), 4, vector.bytes().length, lines);
        PickleWriter writer = new PickleWriter();
        lines.lines.forEach(line -> assertThat(append(writer, line)).isNull());
        writer.finish();
        assertThat(frames(writer)).containsExactly(vector.value());
      }
    }
  }

  @Test
  void beginsANewFrameWhenOneHasItsPoints() {
    PickleWriter writer = new PickleWriter();
    for (int i = 0; i < 1001; i++) {
      append(writer, "a " + i + " 1");
    }
    writer.finish();
    writer.finish();
    assertThat(frames(writer))
        .extracting(frame -> ((List<?>) frame).size())
        .containsExactly(500, 500, 1);
  }

  @Test
  void keepsFramesBelowTheirBytes() {
    PickleWriter writer = new PickleWriter(500, 200);
    for (int i = 0; i < 20; i++) {
      assertThat(append(writer, "a".repeat(60) + " 1 1")).isNull();
    }
    assertThat(append(writer, "a".repeat(200) + " 1 1")).isEqualTo(Invalid.TOO_LONG);
    writer.finish();
    assertThat(frames(writer))
        .hasSize(10)
        .allSatisfy(frame -> assertThat((List<?>) frame).hasSize(2));
  }

  @Test
  void beginsAnewWhenCleared() {
    PickleWriter writer = new PickleWriter();
    append(writer, "a 1 1");
    writer.clear();
    writer.finish();
    assertThat(writer.length()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "a nan 1, NAN",
    "a 1 -1, NEGATIVE_TIME",
    "a 1, FIELDS",
    "a 1e999 1, INFINITE",
    "a x 1, VALUE"
  })
  void refusesLinesThatAreNoPoint(String line, Invalid reason) {
    PickleWriter writer = new PickleWriter();
    byte[] b = line.getBytes(UTF_8);
    assertThat(writer.append(b, 0, 1, b.length)).isEqualTo(reason);
    assertThat(writer.length()).isZero();
  }

  @Test
  void refusesNamesThatPythonCouldNotDecode() {
    assertThat(append(new PickleWriter(), "a\u00ff 1 1".getBytes(ISO_8859_1)))
        .isEqualTo(Invalid.UTF8);
  }

  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> keys =
        Arbitraries.strings().withChars("ab.\u00e9;=").ofMinLength(1).ofMaxLength(12);
    Arbitrary<Double> values = Arbitraries.doubles();
    Arbitrary<Long> times = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
    return keys.flatMap(
            k ->
                values.flatMap(
                    v ->
                        times.map(
                            t -> {
                              LineText line = new LineText();
                              line.addText(k);
                              line.add(' ');
                              line.add((double) v);
                              line.add(' ');
                              line.add((long) t);
                              return new String(line.bytes(), 0, line.length(), UTF_8);
                            })))
        .list()
        .ofMaxSize(20);
  }

  @Property
  void givesLinesBackThroughTheReader(@ForAll("lines") List<String> lines) {
    PickleWriter writer = new PickleWriter(7, 1 << 20);
    lines.forEach(line -> assertThat(append(writer, line)).isNull());
    writer.finish();
    Lines got = new Lines();
    PickleReader reader = new PickleReader();
    new PickleFrames(1 << 20)
        .feed(
            writer.bytes(),
            0,
            writer.length(),
            new PickleFrames.Handler() {
              @Override
              public void frame(byte[] bytes, int from, int to) {
                reader.read(bytes, from, to, got);
              }

              @Override
              public void refused(Invalid reason) {
                got.refused(reason);
              }
            });
    assertThat(got.lines).isEqualTo(lines);
    assertThat(got.refused).isEmpty();
  }
}
