package io.cadenza.listen;

import io.cadenza.format.LineSink;
import io.cadenza.line.Invalid;

/**
 * The frame or document whose lines go to an intake just now: what of it is refused is told with
 * its beginning.
 */
final class Document implements LineSink {
  private final Intake intake;
  private byte[] bytes;
  private int from;
  private int to;

  Document(Intake intake) {
    this.intake = intake;
  }

  /** Says which bytes the next lines come from. */
  Document of(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    return this;
  }

  @Override
  public void line(byte[] line, int start, int end) {
    intake.line(line, start, end);
  }

  @Override
  public void refused(Invalid reason) {
    intake.refused(reason, bytes, from, to);
  }
}
