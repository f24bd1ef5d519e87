package io.cadenza.listen;

import io.cadenza.format.PickleFrames;
import io.cadenza.format.PickleReader;
import io.cadenza.line.Invalid;

/** A stream of pickles with their lengths. One that is refused costs itself only. */
final class PickleInflow extends ArrayInflow implements PickleFrames.Handler {
  private static final byte[] NOTHING = {};

  private final PickleFrames frames;
  private final PickleReader reader;
  private final Document document;

  PickleInflow(Intake intake, int maxFrame, PickleReader reader) {
    super(intake);
    this.frames = new PickleFrames(maxFrame);
    this.reader = reader;
    this.document = new Document(intake);
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    intake.came(to - from);
    frames.feed(bytes, from, to, this);
  }

  @Override
  public void frame(byte[] bytes, int from, int to) {
    reader.read(bytes, from, to, document.of(bytes, from, to));
  }

  @Override
  public void refused(Invalid reason) {
    intake.refused(reason, NOTHING, 0, 0);
  }

  @Override
  public void end() {
    frames.end(this);
  }

  @Override
  public void cutOff() {
    frames.end(this);
  }
}
