package io.cadenza.match;

import java.util.Arrays;

/**
 * The latest keys with some bytes for each, its value, in a bounded number of bytes. One thread's.
 *
 * <p>Entries are written one behind the other into a ring of bytes, so the oldest go first. An
 * index of four places a hash says where; the oldest of them is taken over. The ring begins small
 * and doubles, forgetting all, until it has its full size.
 *
 * <pre>
 * length of the key, 2 bytes | mark of the value, 2 bytes | key | value
 * </pre>
 */
final class RecentKeys {
  /** The answer for a key that is not there. */
  static final int MISSING = -1;

  /** Keys and values are shorter than this. */
  static final int LONGEST = 0xffff;

  private static final int FIRST_BYTES = 1 << 16;
  private static final int BYTES_A_PLACE = 16;
  private static final int WAYS = 4; // places for a hash, beside one another
  private static final int HEAD = 4;
  private static final int TAG_BITS = 16;
  private static final long TAG = (1L << TAG_BITS) - 1;

  private final int most;
  private byte[] ring;
  private long[] index; // position from the beginning of time + 1, and a tag of the hash
  private long head;

  /** Of {@code bytes}, a power of two. */
  RecentKeys(int bytes) {
    most = bytes;
    clear(Math.min(bytes, FIRST_BYTES));
  }

  /** Forgets all, and begins small again. */
  void clear() {
    clear(Math.min(most, FIRST_BYTES));
  }

  private void clear(int bytes) {
    ring = new byte[bytes];
    index = new long[bytes / BYTES_A_PLACE];
    head = 0;
  }

  /** Bytes of keys that it holds. */
  long bytes() {
    return Math.min(head, ring.length);
  }

  /** Bytes of keys that it may hold. */
  long most() {
    return most;
  }

  /** Where values are, until the next {@link #put}. */
  byte[] ring() {
    return ring;
  }

  /** Where in the ring the value of a key begins, or MISSING. */
  int find(long hash, byte[] bytes, int from, int to) {
    int place = place(hash);
    for (int i = place; i < place + WAYS; i++) {
      int entry = entry(index[i], hash, bytes, from, to);
      if (entry >= 0) {
        return entry + HEAD + to - from;
      }
    }
    return MISSING;
  }

  /** What was said of a value that {@link #find} found, from 0 to {@link #LONGEST}. */
  int mark(int value, int keyLength) {
    return number(value - keyLength - 2);
  }

  private int place(long hash) {
    return (int) (hash >>> 32) & index.length - WAYS;
  }

  /** Where in the ring the entry of a place is, or -1 when it is another key's or gone. */
  private int entry(long indexed, long hash, byte[] bytes, int from, int to) {
    if (indexed == 0 || (indexed & TAG) != (hash & TAG)) {
      return -1;
    }
    long position = (indexed >>> TAG_BITS) - 1;
    if (head - position > ring.length) {
      return -1;
    }
    int at = (int) position & ring.length - 1;
    boolean same =
        number(at) == to - from
            && Arrays.equals(ring, at + HEAD, at + HEAD + to - from, bytes, from, to);
    return same ? at : -1;
  }

  private int number(int at) {
    return (ring[at] & 0xff) << 8 | ring[at + 1] & 0xff;
  }

  /**
   * Remembers a key and makes room for its value, which the caller writes: answers where in the
   * ring, or MISSING when it is too long to be remembered.
   */
  int put(long hash, byte[] bytes, int from, int to, int mark, int valueLength) {
    int size = HEAD + to - from + valueLength;
    if (to - from >= LONGEST || valueLength >= LONGEST || size > most / 16) {
      return MISSING;
    }
    makeRoom(size);
    int at = (int) head & ring.length - 1;
    setNumber(at, to - from);
    setNumber(at + 2, mark);
    System.arraycopy(bytes, from, ring, at + HEAD, to - from);
    index[oldest(place(hash))] = head + 1 << TAG_BITS | hash & TAG;
    head += size;
    return at + HEAD + to - from;
  }

  private int oldest(int place) {
    int oldest = place;
    for (int i = place + 1; i < place + WAYS; i++) {
      oldest = index[i] < index[oldest] ? i : oldest;
    }
    return oldest;
  }

  private void makeRoom(int size) {
    while (ring.length < most && head + size > ring.length) {
      clear(2 * ring.length);
    }
    int left = ring.length - ((int) head & ring.length - 1);
    if (size > left) {
      head += left; // entries are in one piece
    }
  }

  private void setNumber(int at, int number) {
    ring[at] = (byte) (number >> 8);
    ring[at + 1] = (byte) number;
  }
}
