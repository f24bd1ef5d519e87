package io.cadenza.listen;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * HTTP's {@code deflate}: a zlib stream (RFC 1950), or a bare one (RFC 1951), as some clients send;
 * told apart by the first byte.
 */
final class Deflated implements Decompressor {
  private static final int METHOD = 0x0f;
  private static final int DEFLATE = 8;

  private Inflater inflater;

  @Override
  public void input(byte[] bytes, int from, int to) {
    if (inflater == null && from < to) {
      inflater = new Inflater((bytes[from] & METHOD) != DEFLATE);
    }
    if (inflater != null) {
      inflater.setInput(bytes, from, to - from);
    }
  }

  @Override
  public int output(byte[] out, int from, int room) {
    try {
      int n = inflater == null ? 0 : inflater.inflate(out, from, room);
      return n == 0 && inflater != null && inflater.needsDictionary() ? BROKEN : n;
    } catch (DataFormatException e) {
      return BROKEN;
    }
  }

  @Override
  public boolean between() {
    return inflater == null || inflater.finished();
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
