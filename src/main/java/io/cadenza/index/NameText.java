package io.cadenza.index;

import io.cadenza.line.Bytes;

/**
 * The bytes of names. Components that are empty do not count, as in the paths of whisper: {@code
 * a..b}, {@code .a.b} and {@code a.b.} are all {@code a.b}.
 */
final class NameText {
  /** The longest name, in bytes. */
  static final int LONGEST = 4096;

  /** The most components of a name, so that where a search stands in a query is one long. */
  static final int MOST_COMPONENTS = 63;

  private NameText() {}

  /**
   * Whether a name may be in the tree: UTF-8 without control characters and slashes, within bounds,
   * and not of dots alone.
   */
  static boolean treeName(byte[] b, int from, int to) {
    int components = components(b, from, to);
    return components > 0
        && components <= MOST_COMPONENTS
        && Bytes.indexOf(b, from, to, (byte) '/') < 0
        && printable(b, from, to);
  }

  /** Whether it is UTF-8 without control characters, and not too long. */
  static boolean printable(byte[] b, int from, int to) {
    if (to - from > LONGEST) {
      return false;
    }
    for (int at = from; at < to; ) {
      int c = b[at];
      int length = c < 0 ? multibyte(b, at, to) : c < ' ' || c == 0x7f ? 0 : 1;
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  private static int components(byte[] b, int from, int to) {
    int count = 0;
    for (int at = start(b, from, to); at < to; at = start(b, end(b, at, to), to)) {
      count++;
    }
    return count;
  }

  /** Where the next component begins: behind all dots from {@code at}; {@code to} if none does. */
  static int start(byte[] b, int at, int to) {
    int start = at;
    while (start < to && b[start] == '.') {
      start++;
    }
    return start;
  }

  /** Where a component that begins at {@code start} ends. */
  static int end(byte[] b, int start, int to) {
    int at = start;
    while (at < to && b[at] != '.') {
      at++;
    }
    return at;
  }

  /** How many bytes the character beyond ASCII at {@code at} has; 0 when it is none (RFC 3629). */
  private static int multibyte(byte[] b, int at, int to) {
    int lead = b[at] & 0xff;
    int length = lead < 0xc2 || lead > 0xf4 ? 0 : length(b[at]);
    if (length == 0 || length > to - at) {
      return 0;
    }
    int second = b[at + 1] & 0xff;
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    boolean good = second >= least && second <= most;
    for (int i = 2; i < length; i++) {
      good &= (b[at + i] & 0xc0) == 0x80;
    }
    return good ? length : 0;
  }

  /** How many bytes a character has, by its first; 0 when that is none. Of valid UTF-8. */
  static int length(byte first) {
    int b = first & 0xff;
    return b < 0x80 ? 1 : b < 0xc0 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
  }

  /** The character that begins at {@code at}. Of valid UTF-8. */
  static int codePoint(byte[] b, int at) {
    int length = length(b[at]);
    if (length == 1) {
      return b[at];
    }
    int code = b[at] & 0xff >> length + 1;
    for (int i = 1; i < length; i++) {
      code = code << 6 | b[at + i] & 0x3f;
    }
    return code;
  }
}
