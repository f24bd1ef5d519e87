package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Makes the bytes of one write. Belongs to one open way. */
interface Encoder {
  /**
   * @param runs whole lines, at least one
   * @return nobody writes to its bytes any more; empty when none of the lines can be told
   */
  Buffer encode(List<LineRun> runs);

  /** Lines of the last runs that this protocol can't tell. */
  default int refused() {
    return 0;
  }

  /** The way is closed: lets go of what is not on the heap. */
  default void close() {}
}
