package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.index.TaggedName;
import io.cadenza.line.Bytes;
import java.util.Arrays;

/**
 * The normal form of keys: one series has one name, whatever the order of its tags. Of a name
 * without tags empty components do not count, as in carbon's files: {@code a..b} is {@code a.b}.
 * Any thread.
 */
final class NormalKey {
  private static final byte DOT = '.';

  private NormalKey() {}

  /**
   * Whether a key has tags that are in another order than the normal one, or are there twice, or a
   * name without tags has empty components.
   */
  static boolean isOther(byte[] b, int from, int to) {
    int tag = Bytes.indexOf(b, from, to, (byte) ';');
    if (tag < 0) {
      return hasEmptyParts(b, from, to);
    }
    boolean other = from < tag && b[from] == '~';
    int before = -1;
    while (tag >= 0 && !other) {
      int start = tag + 1;
      int next = Bytes.indexOf(b, start, to, (byte) ';');
      int end = next < 0 ? to : next;
      other = before >= 0 && !rises(b, before, tag, start, end);
      before = start;
      tag = next;
    }
    return other;
  }

  private static boolean hasEmptyParts(byte[] b, int from, int to) {
    int start = from;
    for (int dot = Bytes.indexOf(b, from, to, DOT); dot >= 0; ) {
      if (dot == start) {
        return true;
      }
      start = dot + 1;
      dot = Bytes.indexOf(b, start, to, DOT);
    }
    return start == to && from < to;
  }

  private static byte[] withoutEmptyParts(byte[] b, int from, int to) {
    byte[] kept = new byte[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      boolean behindDot = count == 0 || kept[count - 1] == DOT;
      if (b[i] != DOT || !behindDot) {
        kept[count++] = b[i];
      }
    }
    int end = count > 0 && kept[count - 1] == DOT ? count - 1 : count;
    return Arrays.copyOf(kept, end);
  }

  /** Whether a tag stands behind the one before it, and is another. */
  private static boolean rises(byte[] b, int from, int to, int nextFrom, int nextTo) {
    boolean same = tagEnd(b, from, to) - from == tagEnd(b, nextFrom, nextTo) - nextFrom;
    same =
        same
            && Arrays.equals(
                b, from, tagEnd(b, from, to), b, nextFrom, tagEnd(b, nextFrom, nextTo));
    return !same && Arrays.compareUnsigned(b, from, to, b, nextFrom, nextTo) < 0;
  }

  private static int tagEnd(byte[] b, int from, int to) {
    int equals = Bytes.indexOf(b, from, to, (byte) '=');
    return equals < 0 ? to : equals;
  }

  /** The normal form; the key as it is where its tags are wrong, as carbon has it. */
  static byte[] of(byte[] b, int from, int to) {
    if (Bytes.indexOf(b, from, to, (byte) ';') < 0) {
      return withoutEmptyParts(b, from, to);
    }
    try {
      return TaggedName.parse(new String(b, from, to - from, UTF_8)).text().getBytes(UTF_8);
    } catch (IllegalArgumentException wrong) {
      return Arrays.copyOfRange(b, from, to);
    }
  }
}
