package io.cadenza.accumulate.statsd;

import io.cadenza.line.Bytes;

/**
 * A few different texts in one small array, in the order in which they came: the texts from its
 * start, their lengths from its end, and behind those how many there are. They are looked through
 * one by one, eight bytes at a time: a hash would take longer, and its place would be one more in
 * memory to wait for. There are so few that no choice of them makes that slow.
 */
final class FewMembers {
  /** An array that has none, and room for none. */
  static final byte[] NONE = {0};

  /** How many there are at most. */
  static final int MOST = 16;

  /** How long they are at most, all together: so that a length is a byte. */
  static final int MOST_TEXT = 255;

  private static final int WORD = 8;
  private static final int LARGEST = MOST_TEXT + MOST + 1;

  private FewMembers() {}

  static int count(byte[] few) {
    return few[few.length - 1];
  }

  /** Where a text begins; behind the last of them: where they end. */
  static int from(byte[] few, int i) {
    int from = 0;
    for (int before = 0; before < i; before++) {
      from += size(few, before);
    }
    return from;
  }

  private static int size(byte[] few, int i) {
    return few[few.length - 2 - i] & 0xff;
  }

  /** Where a text begins; when it is not there, {@code ~} where all end. */
  static int find(byte[] few, byte[] b, int from, int to) {
    int size = to - from;
    long mask = size < WORD ? (1L << 8 * size) - 1 : -1;
    long first =
        from + WORD <= b.length ? Bytes.word(b, from) & mask : Bytes.fewerThanWord(b, from, to);
    int count = count(few);
    int at = 0;
    for (int i = 0; i < count; i++) {
      int length = size(few, i);
      if (length == size
          && (Bytes.word(few, at) & mask) == first
          && (size <= WORD || Bytes.equal(few, at, b, from, size))) {
        return at;
      }
      at += length;
    }
    return ~at;
  }

  /** Whether one more may be added to those that end at {@code end}. */
  static boolean takes(byte[] few, int end, int size) {
    return count(few) < MOST && end + size <= MOST_TEXT;
  }

  /** Adds a text that is not there; answers the array, or the larger one that it became. */
  static byte[] add(byte[] few, int end, byte[] b, int from, int size) {
    int count = count(few);
    // A whole word can be read from where a text begins, whatever its size.
    int needed = end + Math.max(size + count + 2, WORD);
    byte[] all = few.length < needed ? grown(few, end, needed) : few;
    System.arraycopy(b, from, all, end, size);
    all[all.length - 2 - count] = (byte) size;
    all[all.length - 1] = (byte) (count + 1);
    return all;
  }

  /** Forgets all. */
  static void clear(byte[] few) {
    few[few.length - 1] = 0;
  }

  private static byte[] grown(byte[] few, int end, int needed) {
    int count = count(few);
    int room = count == 0 ? needed : needed + needed / 2;
    byte[] all = new byte[Math.min(room + WORD - 1 & -WORD, LARGEST)];
    System.arraycopy(few, 0, all, 0, end);
    System.arraycopy(few, few.length - 1 - count, all, all.length - 1 - count, count + 1);
    return all;
  }
}
