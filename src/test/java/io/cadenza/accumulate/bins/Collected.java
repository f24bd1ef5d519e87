package io.cadenza.accumulate.bins;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadenza.accumulate.Accumulator;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.KeyByKey;
import io.cadenza.accumulate.Tick;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The lines that shards emit, as text, and what tests feed them with. */
final class Collected {
  final List<String> lines = new ArrayList<>();
  final FlushedLines flushed;

  /** Whether there is room for more after a batch. */
  boolean room = true;

  Collected() {
    this(new GraphiteFormat());
  }

  Collected(LineFormat format) {
    flushed = new FlushedLines(format, "test", this::add);
  }

  private boolean add(LineBatch batch) {
    for (int i = 0; i < batch.count(); i++) {
      int from = batch.start(i);
      lines.add(new String(batch.bytes(), from, batch.end(i) - from, ISO_8859_1));
    }
    return room;
  }

  /** The lines since it was last asked. */
  List<String> taken() {
    flushed.send();
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  /** A tick of this second, with everything that is due. */
  List<String> tick(Accumulator accumulator, long seconds) {
    return tick(accumulator, new Tick(seconds * 1000, 1, seconds * 1000, false));
  }

  List<String> tick(Accumulator accumulator, Tick tick) {
    accumulator.flush(tick);
    while (!accumulator.emit(3)) {
      flushed.send();
      flushed.room(true);
    }
    return taken();
  }

  List<String> last(Accumulator accumulator, long seconds) {
    return tick(accumulator, new Tick(seconds * 1000, 1, seconds * 1000, true));
  }

  static LineBatch batch(String... lines) {
    return batch(List.of(lines));
  }

  /** A batch of any text that begins with a key and a blank, good or bad. */
  static LineBatch batch(List<String> lines) {
    LineBatch.Builder batch = new LineBatch.Builder(new GraphiteFormat(), 1 << 16);
    batch.reserve(1);
    for (String line : lines) {
      line(batch, new byte[0], line);
    }
    return batch.freeze();
  }

  /** A batch of lines of one rule. */
  static LineBatch ruled(int rule, String... lines) {
    LineBatch.Builder batch = new LineBatch.Builder(new GraphiteFormat(), 1 << 16);
    for (String line : lines) {
      line(batch, new byte[] {(byte) (rule >> 8), (byte) rule}, line);
    }
    return batch.freeze();
  }

  static void line(LineBatch.Builder batch, byte[] front, String line) {
    byte[] text = (line + "\n").getBytes(ISO_8859_1);
    byte[] into = batch.reserve(front.length + text.length);
    int start = batch.length();
    System.arraycopy(front, 0, into, start, front.length);
    System.arraycopy(text, 0, into, start + front.length, text.length);
    int key = start + front.length;
    int end = key + text.length - 1;
    int keyEnd = line.indexOf(' ') < 0 ? end : key + line.indexOf(' ');
    batch.line(start, LineFormat.span(key, keyEnd), end);
    batch.advance(front.length + text.length);
  }

  static byte[] handedOver(Accumulator accumulator) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      accumulator.handOver(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static void adopt(Accumulator accumulator, byte[] bytes) throws IOException {
    KeyByKey.adopt(accumulator.adopt(new DataInputStream(new ByteArrayInputStream(bytes))));
  }
}
