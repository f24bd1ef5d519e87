package io.cadenza.tool;

import io.cadenza.line.Bytes;
import java.util.Arrays;

/**
 * Cuts the bytes of one connection into lines. Keeps at most {@link #LONGEST} bytes of an
 * unfinished line; the rest of a longer one is left out. One thread.
 */
final class LineCutter {
  /** The bytes kept of one line. */
  static final int LONGEST = 65536;

  /** Takes one line without its end. The array is the caller's again afterwards. */
  @FunctionalInterface
  interface Lines {
    void line(byte[] bytes, int from, int to);
  }

  private final Lines lines;
  private byte[] kept = new byte[256];
  private int length;
  private boolean unfinished;

  LineCutter(Lines lines) {
    this.lines = lines;
  }

  /** The next bytes of the connection. */
  void take(byte[] bytes) {
    int from = 0;
    for (int end; (end = Bytes.indexOf(bytes, from, bytes.length, (byte) '\n')) >= 0; ) {
      if (unfinished) {
        keep(bytes, from, end);
        finish();
      } else {
        line(bytes, from, end);
      }
      from = end + 1;
    }
    if (from < bytes.length) {
      keep(bytes, from, bytes.length);
    }
  }

  /** The connection, or the datagram, has ended: what is unfinished is a line. */
  void finish() {
    if (unfinished) {
      int end = length;
      length = 0;
      unfinished = false;
      line(kept, 0, end);
    }
  }

  private void line(byte[] bytes, int from, int to) {
    int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    lines.line(bytes, from, Math.min(end, from + LONGEST));
  }

  private void keep(byte[] bytes, int from, int to) {
    int more = Math.min(to - from, LONGEST - length);
    if (length + more > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(LONGEST, Math.max(kept.length * 2, length + more)));
    }
    System.arraycopy(bytes, from, kept, length, more);
    length += more;
    unfinished = true;
  }
}
