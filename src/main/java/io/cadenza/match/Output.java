package io.cadenza.match;

import java.util.Arrays;

/** Bytes being written to an array they may be too many for. */
final class Output {
  private final byte[] into;
  private int length;
  private boolean tooLong;

  Output(byte[] into) {
    this.into = into;
  }

  /** Appends {@code bytes[from, to)}; answers where they begin, or -1 when they do not fit. */
  int put(byte[] bytes, int from, int to) {
    tooLong |= to - from > into.length - length;
    if (tooLong) {
      return -1;
    }
    System.arraycopy(bytes, from, into, length, to - from);
    length += to - from;
    return length - (to - from);
  }

  int length() {
    return length;
  }

  /** Whether some of what was put did not fit. */
  boolean tooLong() {
    return tooLong;
  }

  byte[] bytes() {
    return into;
  }

  /** What a rewrite answers that has turned {@code bytes[from, to)} into this. */
  int answer(byte[] bytes, int from, int to) {
    if (tooLong) {
      return Rewrite.TOO_LONG;
    }
    return Arrays.equals(into, 0, length, bytes, from, to) ? Rewrite.UNCHANGED : length;
  }
}
