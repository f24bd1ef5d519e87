package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.KeyRoom;
import io.cadenza.line.Bytes;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Different texts, kept as they are, in the order in which they came. One thread. Allocates only to
 * grow.
 */
final class Members {
  /** The longest text, in bytes: others are refused. */
  static final int LONGEST = 0xffff;

  /** What a text takes beside its bytes: its slots, its end and its hash, with room to grow. */
  static final int PLACE_BYTES = 32;

  private static final long SEED = ThreadLocalRandom.current().nextLong();
  private static final int FIRST = 4;

  /** So many are looked through one by one, in one or two lines of memory. */
  private static final int FEW = 16;

  private static final int LITTLE_TEXT = 256;

  private static final int MOST_TEXT = 1 << 30;
  private static final int[] NONE = {};
  private static final byte[] NO_TEXT = {};

  private int[] index = NONE; // of each its hash, and where its text ends
  private int[] slots = NONE; // place + 1; none while there are few
  private byte[] text = NO_TEXT;
  private int count;
  private KeyRoom room;

  int count() {
    return count;
  }

  byte[] text() {
    return text;
  }

  int from(int i) {
    return i == 0 ? 0 : index[2 * i - 1];
  }

  int to(int i) {
    return index[2 * i + 1];
  }

  /** Reads a byte of what is read when a text comes. */
  int lookAt() {
    return text.length == 0 ? 0 : index[0] + text[0];
  }

  /** Takes a text, unless it is there; false when there is no room for it. */
  boolean add(byte[] b, int from, int to, KeyRoom shared) {
    int hash = (int) Bytes.hash(b, from, to, SEED);
    if (has(hash, b, from, to)) {
      return true;
    }
    int size = to - from;
    if (size > LONGEST || textEnd() + size > MOST_TEXT || !shared.takeBytes(size + PLACE_BYTES)) {
      return false;
    }
    if (room != shared) {
      room = shared; // Once: to note an object is not free.
    }
    append(hash, b, from, size);
    return true;
  }

  private boolean has(int hash, byte[] b, int from, int to) {
    if (slots.length == 0) {
      for (int place = 0; place < count; place++) {
        if (index[2 * place] == hash && is(place, b, from, to)) {
          return true;
        }
      }
      return false;
    }
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
    return to(place) - start == size && Bytes.equal(text, start, b, from, size);
  }

  private int textEnd() {
    return from(count);
  }

  private void append(int hash, byte[] b, int from, int size) {
    if (2 * count == index.length) {
      grow(Math.max(FIRST, count * 2));
    }
    int start = textEnd();
    if (text.length < start + size) {
      text = Arrays.copyOf(text, Math.max(start + size, text.length * 2));
    }
    System.arraycopy(b, from, text, start, size);
    index[2 * count] = hash;
    index[2 * count + 1] = start + size;
    count++;
    if (slots.length > 0) {
      put(count - 1);
    }
  }

  private void put(int place) {
    int mask = slots.length - 1;
    int slot = index[2 * place] & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = place + 1;
  }

  private void grow(int places) {
    index = Arrays.copyOf(index, 2 * places);
    if (places > FEW) {
      slots = new int[2 * places];
      for (int place = 0; place < count; place++) {
        put(place);
      }
    }
  }

  /** Forgets all. Small arrays are kept for the next ones, as no room is taken for them. */
  void clear() {
    if (count == 0) {
      return;
    }
    room.giveBackBytes(textEnd() + (long) PLACE_BYTES * count);
    count = 0;
    if (slots.length > 0 || text.length > LITTLE_TEXT) {
      index = NONE;
      slots = NONE;
      text = NO_TEXT;
    }
  }
}
