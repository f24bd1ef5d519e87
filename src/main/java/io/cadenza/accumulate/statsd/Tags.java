package io.cadenza.accumulate.statsd;

import io.cadenza.format.StatsdName;
import io.cadenza.line.Bytes;
import java.util.Arrays;

/**
 * The tags of one line as {@code key=value}, sorted by key, of which each is there once: the last
 * one given. One thread; used again and again; allocates nothing once its arrays have grown.
 */
final class Tags {
  private static final int FIRST = 16;

  private byte[] text = new byte[256];
  private byte[] raw = new byte[256];
  private int textEnd;
  private int[] from = new int[FIRST];
  private int[] keyTo = new int[FIRST];
  private int[] to = new int[FIRST];
  private int[] sorted = new int[FIRST];
  private int found;
  private int count;

  int count() {
    return count;
  }

  /** How long the key of a tag is. */
  int keyLength(int i) {
    return keyTo[sorted[i]] - from[sorted[i]];
  }

  /** Copies a tag; answers where it ends there. */
  int copy(int i, byte[] into, int at) {
    int tag = sorted[i];
    int length = to[tag] - from[tag];
    System.arraycopy(text, from[tag], into, at, length);
    return at + length;
  }

  /**
   * Forgets all.
   *
   * @param most bytes that the next ones have together
   */
  void clear(int most) {
    textEnd = 0;
    found = 0;
    count = 0;
    if (text.length < most) {
      text = new byte[most * 2];
      raw = new byte[most * 2];
    }
  }

  /**
   * Adds a tag, unless it is empty.
   *
   * @param dogstatsd whether key and value are parted by a colon
   * @param clean whether it is cleaned as a name is; else only what would break a line is
   */
  void add(byte[] b, int start, int end, boolean dogstatsd, boolean clean) {
    int length = end - start;
    System.arraycopy(b, start, raw, 0, length);
    if (dogstatsd) {
      graphite(length);
    }
    int tagTo = clean ? StatsdName.clean(raw, 0, length, text, textEnd) : whole(length);
    int equals = Bytes.indexOf(text, textEnd, tagTo, (byte) '=');
    int keyEnd = equals < 0 ? tagTo : equals;
    if (keyEnd > textEnd) {
      note(textEnd, keyEnd, tagTo);
      textEnd = tagTo;
    }
  }

  /** The first colon parts key and value; a semicolon would end the tag. */
  private void graphite(int length) {
    int colon = Bytes.indexOf(raw, 0, length, (byte) ':');
    if (colon >= 0) {
      raw[colon] = '=';
    }
    for (int i = 0; i < length; i++) {
      if (raw[i] == ';') {
        raw[i] = '_';
      }
    }
  }

  private int whole(int length) {
    int end = textEnd;
    for (int i = 0; i < length; i++) {
      byte b = raw[i];
      text[end++] = b >= 0 && b <= ' ' || b == '|' || b == 0x7f ? (byte) '_' : b;
    }
    return end;
  }

  private void note(int start, int keyEnd, int end) {
    if (found == from.length) {
      from = Arrays.copyOf(from, found * 2);
      keyTo = Arrays.copyOf(keyTo, found * 2);
      to = Arrays.copyOf(to, found * 2);
      sorted = Arrays.copyOf(sorted, found * 2);
    }
    from[found] = start;
    keyTo[found] = keyEnd;
    to[found] = end;
    int at = place(start, keyEnd);
    if (at >= 0) {
      sorted[at] = found++;
      return;
    }
    System.arraycopy(sorted, -1 - at, sorted, -at, count + 1 + at);
    sorted[-1 - at] = found++;
    count++;
  }

  /** Where a tag of that key is, or -1 minus where it would be. */
  private int place(int start, int keyEnd) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int tag = sorted[middle];
      int order = Arrays.compareUnsigned(text, from[tag], keyTo[tag], text, start, keyEnd);
      if (order == 0) {
        return middle;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return -1 - low;
  }
}
