package io.cadenza.api.encode;

import java.io.IOException;

/**
 * The body of an answer, made piece by piece as the client takes it; at least one piece, which may
 * be empty. One thread at a time, not always the same one.
 */
public interface Body {
  /**
   * Makes the next piece; not to be called once it has {@link #ended}.
   *
   * @return bytes that are good until the next call
   */
  Piece next() throws IOException;

  /** Whether the last piece was made. */
  boolean ended();

  /** A body that is there already. */
  static Body of(byte[] bytes) {
    Piece all = new Piece();
    all.write(bytes, 0, bytes.length);
    return new Whole(all);
  }

  /** A body that is one piece. */
  final class Whole implements Body {
    private final Piece all;
    private boolean ended;

    public Whole(Piece all) {
      this.all = all;
    }

    @Override
    public Piece next() {
      ended = true;
      return all;
    }

    @Override
    public boolean ended() {
      return ended;
    }
  }
}
