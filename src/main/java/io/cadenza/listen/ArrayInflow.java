package io.cadenza.listen;

import io.vertx.core.buffer.Buffer;

/** An inflow that looks at arrays only: what was read is copied into one that all share. */
abstract class ArrayInflow implements Inflow {
  final Intake intake;

  ArrayInflow(Intake intake) {
    this.intake = intake;
  }

  @Override
  public final void take(Buffer piece) {
    byte[] scratch = intake.scratch();
    for (int from = 0; from < piece.length(); from += scratch.length) {
      int size = Math.min(scratch.length, piece.length() - from);
      piece.getBytes(from, from + size, scratch, 0);
      take(scratch, 0, size);
    }
  }
}
