package io.cadenza.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.index.TaggedName;
import io.cadenza.line.Bytes;
import java.util.Arrays;

/**
 * The normal form of keys with tags: one series has one name, whatever the order of its tags. Any
 * thread.
 */
final class NormalKey {
  private NormalKey() {}

  /** Whether a key has tags that are in another order than the normal one, or are there twice. */
  static boolean isOther(byte[] b, int from, int to) {
    int tag = Bytes.indexOf(b, from, to, (byte) ';');
    if (tag < 0) {
      return false;
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
    try {
      return TaggedName.parse(new String(b, from, to - from, UTF_8)).text().getBytes(UTF_8);
    } catch (IllegalArgumentException wrong) {
      return Arrays.copyOfRange(b, from, to);
    }
  }
}
