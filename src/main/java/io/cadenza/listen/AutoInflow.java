package io.cadenza.listen;

import io.cadenza.format.AutoFormat;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/** A stream that is told by its first bytes: pickles, JSON or lines. */
final class AutoInflow implements Inflow {
  private static final int LOOKED_AT = 64;

  private final Function<AutoFormat.Kind, Inflow> kinds;
  private Inflow found;

  /**
   * @param kinds makes, or finds, the inflow of a kind
   */
  AutoInflow(Function<AutoFormat.Kind, Inflow> kinds) {
    this.kinds = kinds;
  }

  @Override
  public void take(Buffer piece) {
    if (found == null) {
      byte[] first = piece.getBytes(0, Math.min(LOOKED_AT, piece.length()));
      found = kinds.apply(AutoFormat.detect(first, 0, first.length));
    }
    found.take(piece);
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    if (found == null) {
      found = kinds.apply(AutoFormat.detect(bytes, from, to));
    }
    found.take(bytes, from, to);
  }

  @Override
  public void end() {
    if (found != null) {
      found.end();
      found = null;
    }
  }

  @Override
  public void cutOff() {
    if (found != null) {
      found.cutOff();
      found = null;
    }
  }
}
