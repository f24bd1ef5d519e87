package io.cadenza.writer.whisper;

import java.util.BitSet;

/** A set of hashes of 64 bits, each with a mark: 9 bytes for one, at most 18. One thread. */
final class HashMarks {
  private long[] slots = new long[1024];
  private final BitSet marked = new BitSet();
  private int count;

  /** Adds a hash, before any is marked. */
  void add(long hash) {
    if (2 * count >= slots.length) {
      long[] old = slots;
      slots = new long[old.length * 2];
      count = 0;
      for (long one : old) {
        if (one != 0) {
          add(one);
        }
      }
    }
    int at = find(notZero(hash));
    if (slots[at] == 0) {
      slots[at] = notZero(hash);
      count++;
    }
  }

  private static long notZero(long hash) {
    return hash == 0 ? 1 : hash;
  }

  private int find(long hash) {
    int mask = slots.length - 1;
    int at = (int) (hash ^ hash >>> 32) & mask;
    while (slots[at] != 0 && slots[at] != hash) {
      at = at + 1 & mask;
    }
    return at;
  }

  /** Marks a hash: false when it is not there, or is marked already. */
  boolean mark(long hash) {
    int at = find(notZero(hash));
    if (slots[at] == 0 || marked.get(at)) {
      return false;
    }
    marked.set(at);
    return true;
  }

  void clearMarks() {
    marked.clear();
  }

  int size() {
    return count;
  }

  int marked() {
    return marked.cardinality();
  }
}
