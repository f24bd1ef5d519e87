package io.cadenza.match;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 by RFC 3629. Bytes that are none are taken for U+FFFD, one each, as Go does: so a class
 * like {@code [^.]} matches them and a key in Latin-1 can still be routed.
 */
final class Utf8 {
  private static final int[] LAST_OF_LENGTH = {0x7ff, 0xd7ff, 0xdfff, 0xffff};

  private Utf8() {}

  static boolean valid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int length = bytes[at] >= 0 ? 1 : length(bytes, at, to);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** How many bytes the character at {@code at} has; 0 when there is none. */
  static int length(byte[] bytes, int at, int to) {
    int b = bytes[at] & 0xff;
    if (b < 0x80) {
      return 1;
    }
    int length = b < 0xc2 || b > 0xf4 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
    if (length == 0 || length > to - at) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    boolean good =
        second >= (b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80)
            && second <= (b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf);
    for (int i = 2; i < length; i++) {
      good &= (bytes[at + i] & 0xc0) == 0x80;
    }
    return good ? length : 0;
  }

  /**
   * Copies {@code bytes[from, to)} with U+FFFD for each byte that is no character's. {@code into}
   * has three bytes for each. Answers the length.
   */
  static int mended(byte[] bytes, int from, int to, byte[] into) {
    int n = 0;
    for (int at = from; at < to; ) {
      int length = length(bytes, at, to);
      int copied = length == 0 ? 3 : length;
      for (int i = 0; i < copied; i++) {
        into[n++] = length == 0 ? (byte) (0xbdbfef >> 8 * i) : bytes[at + i];
      }
      at += Math.max(1, length);
    }
    return n;
  }

  static byte[] encoded(int codePoint) {
    return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Where a range of code points has to be cut so that each piece, byte by byte, is a product of
   * ranges: the first of the second piece, or -1 when it is one already. Surrogates are a piece.
   */
  static int cut(int first, int last) {
    for (int end : LAST_OF_LENGTH) {
      if (first <= end && end < last) {
        return end + 1;
      }
    }
    for (int bits = 6; bits <= 18; bits += 6) {
      int low = (1 << bits) - 1;
      if ((first & ~low) != (last & ~low)) {
        if ((first & low) != 0) {
          return (first | low) + 1;
        }
        if ((last & low) != low) {
          return last & ~low;
        }
      }
    }
    return -1;
  }
}
