package io.cadenza.accumulate.bins;

import io.cadenza.line.Bytes;
import java.util.Arrays;

/**
 * Puts the tags of keys in order, so that {@code a;y=1;x=2} and {@code a;x=2;y=1} are one series:
 * by name, and of two with one name the last counts, as carbon does. Reused, one thread.
 */
final class TagOrder {
  private static final int MOST_TAGS = 256;

  private final int[] starts = new int[MOST_TAGS];
  private final int[] ends = new int[MOST_TAGS];
  private int count;
  private byte[] ordered = new byte[256];

  /** What {@link #order} wrote: from 0 to the length that it answered. */
  byte[] bytes() {
    return ordered;
  }

  /**
   * Puts a key in order.
   *
   * @return the length of what was written; -1 when the key is in order, or has what are no tags
   */
  int order(byte[] b, int from, int to) {
    int nameEnd = Bytes.nameEnd(b, from, to);
    if (nameEnd == to || !collect(b, nameEnd, to) || isOrdered(b)) {
      return -1;
    }
    sort(b);
    return write(b, from, nameEnd, to);
  }

  private boolean collect(byte[] b, int nameEnd, int to) {
    count = 0;
    for (int at = nameEnd; at < to; ) {
      int end = Bytes.nameEnd(b, at + 1, to);
      int equals = Bytes.indexOf(b, at + 1, end, (byte) '=');
      if (count == MOST_TAGS || equals <= at + 1) {
        return false;
      }
      starts[count] = at + 1;
      ends[count++] = end;
      at = end;
    }
    return true;
  }

  private boolean isOrdered(byte[] b) {
    for (int i = 1; i < count; i++) {
      if (compare(b, i - 1, i) >= 0) {
        return false;
      }
    }
    return true;
  }

  private int compare(byte[] b, int i, int j) {
    return Arrays.compareUnsigned(b, starts[i], equals(b, i), b, starts[j], equals(b, j));
  }

  private int equals(byte[] b, int i) {
    return Bytes.indexOf(b, starts[i], ends[i], (byte) '=');
  }

  /** By insertion: what comes later stays behind what has the same name. */
  private void sort(byte[] b) {
    for (int i = 1; i < count; i++) {
      for (int j = i; j > 0 && compare(b, j - 1, j) > 0; j--) {
        swap(starts, j);
        swap(ends, j);
      }
    }
  }

  private static void swap(int[] places, int j) {
    int moved = places[j];
    places[j] = places[j - 1];
    places[j - 1] = moved;
  }

  private int write(byte[] b, int from, int nameEnd, int to) {
    if (ordered.length < to - from) {
      ordered = new byte[Math.max(to - from, ordered.length * 2)];
    }
    int at = nameEnd - from;
    System.arraycopy(b, from, ordered, 0, at);
    for (int i = 0; i < count; i++) {
      if (i + 1 == count || compare(b, i, i + 1) != 0) {
        ordered[at++] = ';';
        System.arraycopy(b, starts[i], ordered, at, ends[i] - starts[i]);
        at += ends[i] - starts[i];
      }
    }
    return at;
  }
}
