package io.cadenza.output;

import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.PickleWriter;
import io.cadenza.line.Bytes;
import io.cadenza.line.LineRun;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;

/** Points in frames for carbon's pickle listener, as many frames to a write as are needed. */
final class PickleEncoder implements Encoder {
  private final GraphiteFormat format = new GraphiteFormat();
  private final PickleWriter writer;
  private int refused;

  /**
   * @param points of a frame at most
   */
  PickleEncoder(int points) {
    writer = new PickleWriter(points, PickleWriter.FRAME_BYTES);
  }

  @Override
  public Buffer encode(List<LineRun> runs) {
    refused = 0;
    writer.clear();
    for (LineRun run : runs) {
      add(run);
    }
    writer.finish();
    return Internals.wrapped(Arrays.copyOf(writer.bytes(), writer.length()));
  }

  private void add(LineRun run) {
    byte[] bytes = run.bytes();
    for (int start = run.from(); start < run.to(); ) {
      int end = Bytes.indexOf(bytes, start, run.to(), (byte) '\n');
      long key = format.key(bytes, start, end);
      if (key < 0 || writer.append(bytes, (int) (key >>> 32), (int) key, end) != null) {
        refused++;
      }
      start = end + 1;
    }
  }

  @Override
  public int refused() {
    return refused;
  }
}
