package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;

/** Memory for the lines of one write, lent until that is over. Belongs to its event loop. */
final class Piece {
  /** Whether what comes back is overwritten, so that a test sees who reads it all the same. */
  private static final boolean SPOILS = Boolean.getBoolean("cadenza.spoils-arrays");

  private static final byte SPOILT = '!';

  private final Pieces owner;
  private final Internals.Memory memory;
  private boolean lent;

  Piece(Pieces owner, Internals.Memory memory) {
    this.owner = owner;
    this.memory = memory;
  }

  /**
   * The bytes of all runs, one behind the other: the only copy that is made of them. They are there
   * until it is given back.
   *
   * @param runs no more than fit
   */
  Buffer with(List<LineRun> runs) {
    int at = 0;
    for (LineRun run : runs) {
      memory.put(at, run.bytes(), run.from(), run.size());
      at += run.size();
    }
    return memory.first(at);
  }

  Piece lend() {
    lent = true;
    return this;
  }

  /** Nobody reads it any more. */
  void giveBack() {
    if (!lent) {
      throw new IllegalStateException("given back twice");
    }
    lent = false;
    if (SPOILS) {
      byte[] spoilt = new byte[Pieces.BYTES];
      Arrays.fill(spoilt, SPOILT);
      memory.put(0, spoilt, 0, spoilt.length);
    }
    owner.takeBack(this);
  }

  void release() {
    memory.release();
  }
}
