package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Makes the bytes of one write. Belongs to one open way. */
interface Encoder {
  /**
   * @param runs whole lines, at least one
   */
  Buffer encode(List<LineRun> runs);

  /** Lines of the last runs that this protocol can't tell. */
  default int refused() {
    return 0;
  }
}
