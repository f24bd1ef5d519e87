package io.cadenza.match;

import java.util.Arrays;

/**
 * The latest new keys by old key, in a bounded number of bytes. One thread's.
 *
 * <p>Entries are written one behind the other into a ring of bytes, so the oldest go first. An
 * index of four places a hash says where; the oldest of them is taken over. The ring begins small
 * and doubles, forgetting all, until it has its full size.
 */
final class KeyCache {
  static final int MISSING = -3;

  private static final int FIRST_BYTES = 1 << 16;
  private static final int BYTES_A_PLACE = 16;
  private static final int WAYS = 4; // places for a hash, beside one another
  private static final int HEAD = 4; // two lengths of two bytes
  private static final int UNCHANGED = 0xffff;
  private static final int TAG_BITS = 16;
  private static final long TAG = (1L << TAG_BITS) - 1;

  private final int most;
  private byte[] ring;
  private long[] index; // position from the beginning of time + 1, and a tag of the hash
  private long head;

  /** Of {@code bytes}, a power of two. */
  KeyCache(int bytes) {
    most = bytes;
    clear(Math.min(bytes, FIRST_BYTES));
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

  /** Copies the new key to {@code into} and answers as {@link Rewrite#apply}, or MISSING. */
  int get(long hash, byte[] bytes, int from, int to, byte[] into) {
    int entry = find(hash, bytes, from, to);
    if (entry < 0) {
      return MISSING;
    }
    int length = length(entry + 2);
    if (length == UNCHANGED) {
      return Rewrite.UNCHANGED;
    }
    if (length > into.length) {
      return Rewrite.TOO_LONG;
    }
    System.arraycopy(ring, entry + HEAD + to - from, into, 0, length);
    return length;
  }

  private int find(long hash, byte[] bytes, int from, int to) {
    int place = place(hash);
    for (int i = place; i < place + WAYS; i++) {
      int entry = entry(index[i], hash, bytes, from, to);
      if (entry >= 0) {
        return entry;
      }
    }
    return -1;
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
        length(at) == to - from
            && Arrays.equals(ring, at + HEAD, at + HEAD + to - from, bytes, from, to);
    return same ? at : -1;
  }

  private int length(int at) {
    return (ring[at] & 0xff) << 8 | ring[at + 1] & 0xff;
  }

  /** Remembers a new key of {@code length} bytes, or that there is none. */
  void put(long hash, byte[] bytes, int from, int to, byte[] made, int length) {
    int rest = Math.max(0, length);
    int size = HEAD + to - from + rest;
    if (to - from >= UNCHANGED || rest >= UNCHANGED || size > most / 16) {
      return;
    }
    makeRoom(size);
    int at = (int) head & ring.length - 1;
    setLength(at, to - from);
    setLength(at + 2, length < 0 ? UNCHANGED : length);
    System.arraycopy(bytes, from, ring, at + HEAD, to - from);
    System.arraycopy(made, 0, ring, at + HEAD + to - from, rest);
    index[oldest(place(hash))] = head + 1 << TAG_BITS | hash & TAG;
    head += size;
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

  private void setLength(int at, int length) {
    ring[at] = (byte) (length >> 8);
    ring[at + 1] = (byte) length;
  }
}
