package io.cadenza.listen;

import io.vertx.core.buffer.Buffer;

/** A stream of lines. */
final class LineInflow implements Inflow {
  private final Intake intake;
  private final String sender;
  private final Tail tail = new Tail();

  LineInflow(Intake intake, String sender) {
    this.intake = intake;
    this.sender = sender;
  }

  @Override
  public void take(Buffer piece) {
    intake.take(tail, piece, sender);
  }

  @Override
  public void end() {
    intake.end(tail, sender);
  }

  @Override
  public void cutOff() {
    intake.cutOff(tail, sender);
  }
}
