package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.cadenza.line.Shelf;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;

/**
 * Memory for the lines of some writes, one behind the other; from its beginning again when all of
 * them are over. Belongs to its event loop.
 */
final class Slab {
  /** As large as two writes usually are at most, so that little is left over behind them. */
  static final int BYTES = 2 * Backlog.GROUP_BYTES;

  private final Internals.Memory memory;
  private int used;
  private int writes;

  Slab(Internals.Memory memory) {
    this.memory = memory;
  }

  /** How many bytes may still be added. */
  int room() {
    return BYTES - used;
  }

  /**
   * Adds a write: the bytes of all runs, one behind the other, which is the only copy that is made
   * of them. They stay there until it is {@link #over}.
   *
   * @param runs no more than there is room for
   */
  Buffer add(List<LineRun> runs) {
    int from = used;
    for (LineRun run : runs) {
      memory.put(used, run.bytes(), run.from(), run.size());
      used += run.size();
    }
    writes++;
    return memory.part(from, used - from);
  }

  /** Nobody reads the bytes of a write any more; answers whether that was the last. */
  boolean over() {
    if (writes == 0) {
      throw new IllegalStateException("more writes are over than there were");
    }
    if (--writes > 0) {
      return false;
    }
    if (Shelf.SPOILS) {
      byte[] spoilt = new byte[used];
      Arrays.fill(spoilt, Shelf.SPOILT);
      memory.put(0, spoilt, 0, used);
    }
    used = 0;
    return true;
  }

  void release() {
    memory.release();
  }
}
