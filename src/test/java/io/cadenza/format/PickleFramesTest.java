package io.cadenza.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Invalid;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PickleFramesTest {
  private final Frames got = new Frames();
  private final PickleFrames frames = new PickleFrames(1000);

  private static final class Frames implements PickleFrames.Handler {
    final List<String> events = new ArrayList<>();

    @Override
    public void frame(byte[] bytes, int from, int to) {
      events.add(HexFormat.of().formatHex(bytes, from, to));
    }

    @Override
    public void refused(Invalid reason) {
      events.add(reason.name());
    }
  }

  private void feed(int... bytes) {
    byte[] b = new byte[bytes.length + 2];
    for (int i = 0; i < bytes.length; i++) {
      b[i + 1] = (byte) bytes[i];
    }
    frames.feed(b, 1, b.length - 1, got);
  }

  @Test
  void cutsFrames() {
    feed(0, 0, 0, 2, 7, 8, 0, 0, 0, 1, 9);
    assertThat(got.events).containsExactly("0708", "09");
  }

  @Test
  void keepsUnfinishedFrameForTheNextBytes() {
    feed(0, 0);
    feed(0, 3, 1);
    feed(2);
    assertThat(got.events).isEmpty();
    feed(3, 0, 0, 0);
    feed(1, 4);
    assertThat(got.events).containsExactly("010203", "04");
  }

  @Test
  void refusesEmptyAndTooLongFramesAndGoesOnBehindThem() {
    feed(0, 0, 0, 0, 0, 0, 0, 1, 5);
    feed(0, 0, 3, 0xe9);
    frames.feed(new byte[1000], 0, 1000, got);
    feed(6, 0, 0, 0, 1, 7);
    assertThat(got.events).containsExactly("FRAME", "05", "FRAME", "07");
  }

  @Test
  void skipsAsManyBytesAsARefusedFrameClaims() {
    feed(0xff, 0xff, 0xff, 0xff);
    frames.feed(new byte[1 << 20], 0, 1 << 20, got);
    assertThat(got.events).containsExactly("FRAME");
  }

  @Test
  void takesAFrameOfTheGreatestLength() {
    feed(0, 0, 3, 0xe8);
    frames.feed(new byte[1000], 0, 1000, got);
    assertThat(got.events).containsExactly("00".repeat(1000));
  }

  @Test
  void needsNoMemoryForWhatIsOnlyClaimed() {
    List<PickleFrames> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      PickleFrames one = new PickleFrames(Integer.MAX_VALUE);
      one.feed(new byte[] {0x7f, -1, -1, -1, 1}, 0, 5, got);
      many.add(one);
    }
    assertThat(many).hasSize(10_000);
    assertThat(got.events).isEmpty();
  }

  @Test
  void refusesAFrameThatTheEndCutsOff() {
    feed(0, 0, 0, 2, 1);
    frames.end(got);
    frames.end(got);
    feed(0, 0, 0, 1, 2);
    assertThat(got.events).containsExactly("FRAME", "02");
  }

  @Property
  void cutsTheSameFramesHoweverTheBytesCome(
      @ForAll @Size(max = 6) List<@IntRange(max = 1100) Integer> lengths,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 700) Integer> steps) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int length : lengths) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
      for (int i = 0; i < length; i++) {
        out.write(i * 31 + length);
      }
    }
    byte[] stream = out.toByteArray();
    Frames whole = new Frames();
    new PickleFrames(1000).feed(stream, 0, stream.length, whole);
    Frames parts = new Frames();
    PickleFrames cut = new PickleFrames(1000);
    for (int at = 0, i = 0; at < stream.length; i++) {
      int to = Math.min(stream.length, at + steps.get(i % steps.size()));
      cut.feed(stream, at, to, parts);
      at = to;
    }
    assertThat(parts.events).isEqualTo(whole.events).hasSize(lengths.size());
  }

  @Property(tries = 200)
  void givesTheSameLinesWhereverRecordedFramesAreSplit(@ForAll @IntRange(max = 300) int at) {
    byte[] stream = recorded();
    Lines whole = lines(stream, stream.length);
    assertThat(whole.lines).hasSizeGreaterThan(1800);
    assertThat(lines(stream, at).lines).isEqualTo(whole.lines);
  }

  private static byte[] recorded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PickleVectors.read("pickle-frames.tsv").forEach(vector -> out.writeBytes(vector.bytes()));
    return out.toByteArray();
  }

  private static Lines lines(byte[] stream, int split) {
    Lines lines = new Lines();
    PickleReader reader = new PickleReader();
    PickleFrames frames = new PickleFrames(1 << 20);
    PickleFrames.Handler handler =
        new PickleFrames.Handler() {
          @Override
          public void frame(byte[] bytes, int from, int to) {
            reader.read(bytes, from, to, lines);
          }

          @Override
          public void refused(Invalid reason) {
            lines.refused(reason);
          }
        };
    frames.feed(stream, 0, split, handler);
    frames.feed(stream, split, stream.length, handler);
    return lines;
  }
}
