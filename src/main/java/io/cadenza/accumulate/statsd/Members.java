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
  private static final int FIRST_SLOTS = 8;
  private static final int FEW_SLOTS = 16;
  private static final int LITTLE_TEXT = 256;

  private static final int MOST_TEXT = 1 << 30;
  private static final int[] NO_SLOTS = {};
  private static final byte[] NO_TEXT = {};

  private int[] slots = NO_SLOTS; // place + 1
  private int[] ends = NO_SLOTS;
  private int[] hashes = NO_SLOTS;
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
    return i == 0 ? 0 : ends[i - 1];
  }

  int to(int i) {
    return ends[i];
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
    int mask = slots.length - 1;
    if (mask < 0) {
      return false;
    }
    for (int slot = hash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      int place = slots[slot] - 1;
      if (hashes[place] == hash && Arrays.equals(text, from(place), ends[place], b, from, to)) {
        return true;
      }
    }
    return false;
  }

  private int textEnd() {
    return count == 0 ? 0 : ends[count - 1];
  }

  private void append(int hash, byte[] b, int from, int size) {
    if (count * 2 >= slots.length) {
      grow(Math.max(FIRST_SLOTS, slots.length * 2));
    }
    int start = textEnd();
    if (text.length < start + size) {
      text = Arrays.copyOf(text, Math.max(start + size, text.length * 2));
    }
    System.arraycopy(b, from, text, start, size);
    ends[count] = start + size;
    hashes[count++] = hash;
    put(count - 1);
  }

  private void put(int place) {
    int mask = slots.length - 1;
    int slot = hashes[place] & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = place + 1;
  }

  private void grow(int size) {
    slots = new int[size];
    ends = Arrays.copyOf(ends, size / 2);
    hashes = Arrays.copyOf(hashes, size / 2);
    for (int place = 0; place < count; place++) {
      put(place);
    }
  }

  /** Forgets all. Small arrays are kept for the next ones, as no room is taken for them. */
  void clear() {
    if (count == 0) {
      return;
    }
    room.giveBackBytes(textEnd() + (long) PLACE_BYTES * count);
    count = 0;
    if (slots.length > FEW_SLOTS || text.length > LITTLE_TEXT) {
      slots = NO_SLOTS;
      ends = NO_SLOTS;
      hashes = NO_SLOTS;
      text = NO_TEXT;
    } else {
      Arrays.fill(slots, 0);
    }
  }
}
