package io.cadenza.accumulate.statsd;

import io.cadenza.line.Bytes;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Many different texts, kept as they are, in the order in which they came, and found by a hash that
 * nobody who sends them knows. One thread. Allocates only to grow.
 */
final class Members {
  private static final long SEED = ThreadLocalRandom.current().nextLong();
  private static final int FIRST = 4;
  private static final int MOST_TEXT = 1 << 30;

  private int[] index; // of each its hash, and where its text ends
  private int[] slots; // place + 1
  private byte[] text;
  private int count;

  /** Has what a few had, and room for as many more. */
  Members(byte[] few) {
    int n = FewMembers.count(few);
    int places = Math.max(FIRST, 2 * Integer.highestOneBit(n));
    index = new int[2 * places];
    slots = new int[2 * places];
    text = new byte[2 * FewMembers.from(few, n)];
    int from = 0;
    for (int i = 0; i < n; i++) {
      int to = FewMembers.from(few, i + 1);
      add(hash(few, from, to), few, from, to);
      from = to;
    }
  }

  static int hash(byte[] b, int from, int to) {
    return (int) Bytes.hash(b, from, to, SEED);
  }

  int count() {
    return count;
  }

  byte[] text() {
    return text;
  }

  /** Where a text begins; behind the last of them: where they end. */
  int from(int i) {
    return i == 0 ? 0 : index[2 * i - 1];
  }

  /** Reads a byte of what is read when a text comes. */
  int lookAt() {
    return index[0] + slots[0] + text[0];
  }

  /**
   * Whether a text is there.
   *
   * @param hash what {@link #hash} says of it
   */
  boolean has(int hash, byte[] b, int from, int to) {
    int mask = slots.length - 1;
    for (int slot = hash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      int place = slots[slot] - 1;
      if (index[2 * place] == hash && is(place, b, from, to)) {
        return true;
      }
    }
    return false;
  }

  private boolean is(int place, byte[] b, int from, int to) {
    int start = from(place);
    int size = to - from;
    return from(place + 1) - start == size && Bytes.equal(text, start, b, from, size);
  }

  /** Whether one more may be added. */
  boolean takes(int size) {
    return from(count) + size <= MOST_TEXT;
  }

  /** Adds a text that is not there. */
  void add(int hash, byte[] b, int from, int to) {
    if (2 * count == index.length) {
      grow();
    }
    int start = from(count);
    int end = start + to - from;
    if (text.length < end) {
      text = Arrays.copyOf(text, Math.max(end, text.length * 2));
    }
    System.arraycopy(b, from, text, start, to - from);
    index[2 * count] = hash;
    index[2 * count + 1] = end;
    put(count++);
  }

  private void put(int place) {
    int mask = slots.length - 1;
    int slot = index[2 * place] & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = place + 1;
  }

  private void grow() {
    index = Arrays.copyOf(index, 4 * count);
    slots = new int[4 * count];
    for (int place = 0; place < count; place++) {
      put(place);
    }
  }
}
