package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Lines as they are. */
final class LineEncoder implements Encoder {
  @Override
  public Buffer encode(List<LineRun> runs) {
    if (runs.size() == 1) {
      LineRun run = runs.get(0);
      return Internals.wrapped(run.bytes(), run.from(), run.size());
    }
    return Internals.wrapped(joined(runs));
  }

  /** How many bytes all runs have. */
  static int size(List<LineRun> runs) {
    int size = 0;
    for (LineRun run : runs) {
      size += run.size();
    }
    return size;
  }

  /** The bytes of all runs, one behind the other. */
  static byte[] joined(List<LineRun> runs) {
    byte[] all = new byte[size(runs)];
    int at = 0;
    for (LineRun run : runs) {
      System.arraycopy(run.bytes(), run.from(), all, at, run.size());
      at += run.size();
    }
    return all;
  }
}
