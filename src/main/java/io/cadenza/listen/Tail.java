package io.cadenza.listen;

import java.util.Arrays;

/** The unfinished line at the end of what a connection has sent so far. Bounded by the caller. */
final class Tail {
  private static final byte[] NONE = {};
  private static final int SMALL = 1024;
  private static final int LARGE = 1 << 20;

  private byte[] bytes = NONE;
  private int length;
  private boolean skipping;

  int length() {
    return length;
  }

  /** Whether the line was found too long, and its rest is to be passed over. */
  boolean skipping() {
    return skipping;
  }

  void skip(boolean now) {
    skipping = now;
    clear();
  }

  void append(byte[] from, int at, int size) {
    if (bytes.length - length < size) {
      bytes =
          Arrays.copyOf(bytes, (int) Math.max(length + size, Math.min(bytes.length * 2L, LARGE)));
    }
    System.arraycopy(from, at, bytes, length, size);
    length += size;
  }

  /** Copies what there is to {@code into} and forgets it. Answers how much. */
  int moveTo(byte[] into, int at) {
    int size = length;
    System.arraycopy(bytes, 0, into, at, size);
    clear();
    return size;
  }

  /** All there is, in an array of its own, and forgets it. */
  byte[] moveOut() {
    byte[] all = Arrays.copyOf(bytes, length);
    clear();
    return all;
  }

  private void clear() {
    length = 0;
    if (bytes.length > SMALL) {
      bytes = NONE;
    }
  }
}
