package io.cadenza.api.encode;

import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A body that is compressed as it is made. */
public final class Gzip implements Body {
  /** What is shorter is not worth it. */
  public static final int LEAST = 1024;

  private final Body plain;
  private final Piece out = new Piece();
  private final GZIPOutputStream gzip;
  private Piece first;
  private boolean ended;

  /**
   * @param first what the plain body gave already
   */
  public Gzip(Piece first, Body plain) throws IOException {
    this.plain = plain;
    this.first = first;
    this.gzip = new Fast(out);
  }

  @Override
  public Piece next() throws IOException {
    if (first == null) {
      out.clear();
    }
    while (!ended && !out.full()) {
      Piece piece = first == null ? plain.next() : first;
      first = null;
      gzip.write(piece.bytes(), 0, piece.length());
      ended = plain.ended();
    }
    if (ended) {
      gzip.close();
    }
    return out;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  /** Text of numbers becomes hardly smaller with more effort, but takes three times as long. */
  private static final class Fast extends GZIPOutputStream {
    private static final int BUFFER = 8192;

    private Fast(Piece to) throws IOException {
      super(to, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
