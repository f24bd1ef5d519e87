package io.cadenza.listen;

import io.vertx.core.buffer.Buffer;

/** A stream of lines. */
final class LineInflow implements Inflow {
  private final Intake intake;
  private final Tail tail = new Tail();

  LineInflow(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void take(Buffer piece) {
    intake.take(tail, piece);
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    intake.take(tail, bytes, from, to);
  }

  @Override
  public void end() {
    intake.end(tail);
  }

  @Override
  public void cutOff() {
    intake.cutOff(tail);
  }
}
