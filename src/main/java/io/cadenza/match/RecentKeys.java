package io.cadenza.match;

import io.cadenza.line.Bytes;
import io.cadenza.line.LineBatch;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The latest keys with some bytes for each, its value, in a bounded number of bytes. One thread's.
 *
 * <p>Entries are written one behind the other into a ring of bytes, so the oldest go first. An
 * index says where: twice eight places for each hash, of which the oldest is taken over. (With four
 * places one key in a hundred finds none beside the others, and is forgotten again and again.) The
 * ring begins small and doubles until it has its full size.
 *
 * <pre>
 * length of the key, 2 bytes | mark, 2 bytes: the length of the value, LONGEST for none | key | value
 * </pre>
 */
final class RecentKeys {
  /** The answer for a key that is not there. */
  static final int MISSING = -1;

  /** Keys and values are shorter than this. */
  static final int LONGEST = 0xffff;

  /** How many lines {@link #find} looks for at once. */
  static final int GROUP = 64;

  private static final int FIRST_BYTES = 1 << 16;
  private static final int BYTES_A_PLACE = 16;
  private static final int WAYS = 8; // places for a hash, beside one another
  private static final int HEAD = 4;
  private static final int TAG_BITS = 16;
  private static final long TAG = (1L << TAG_BITS) - 1;

  private final long seed = ThreadLocalRandom.current().nextLong();
  private final int most;
  private byte[] ring;
  private long[] index; // position from the beginning of time + 1, and a tag of the hash
  private long head;
  private final long[] hashes = new long[GROUP];
  private final long[] first = new long[GROUP];

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
  int find(byte[] bytes, int from, int to) {
    return find(Bytes.hash(bytes, from, to, seed), bytes, from, to);
  }

  /**
   * The same for the keys of neighbouring lines: so that the looks into memory of one group overlap
   * instead of following one another.
   *
   * @param count at most {@link #GROUP}
   */
  void find(LineBatch batch, int line, int count, int[] into) {
    byte[] bytes = batch.bytes();
    for (int i = 0; i < count; i++) {
      hashes[i] = Bytes.hash(bytes, batch.keyStart(line + i), batch.keyEnd(line + i), seed);
    }
    for (int i = 0; i < count; i++) {
      first[i] = candidate(hashes[i]);
    }
    for (int i = 0; i < count; i++) {
      int from = batch.keyStart(line + i);
      int to = batch.keyEnd(line + i);
      int entry = entry(first[i], hashes[i], bytes, from, to);
      into[i] = entry >= 0 ? entry + HEAD + to - from : find(hashes[i], bytes, from, to);
    }
  }

  /** What is indexed at the first place that may be a key's; 0 when there is none. */
  private long candidate(long hash) {
    int place = place(hash);
    for (int i = place; i < place + WAYS; i++) {
      if ((index[i] & TAG) == (hash & TAG)) {
        return index[i];
      }
    }
    return 0;
  }

  private int find(long hash, byte[] bytes, int from, int to) {
    int found = find(place(hash), hash, bytes, from, to);
    return found >= 0 ? found : find(otherPlace(hash), hash, bytes, from, to);
  }

  private int find(int place, long hash, byte[] bytes, int from, int to) {
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

  private int otherPlace(long hash) {
    return (int) (hash >>> TAG_BITS) & index.length - WAYS;
  }

  private boolean isGone(long indexed) {
    return indexed == 0 || head - (indexed >>> TAG_BITS) >= ring.length;
  }

  /** Where in the ring the entry of a place is, or -1 when it is another key's or gone. */
  private int entry(long indexed, long hash, byte[] bytes, int from, int to) {
    if ((indexed & TAG) != (hash & TAG) || isGone(indexed)) {
      return -1;
    }
    int at = (int) (indexed >>> TAG_BITS) - 1 & ring.length - 1;
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
   *
   * @param mark the length of the value, or {@link #LONGEST} for none
   */
  int put(byte[] bytes, int from, int to, int mark) {
    int size = HEAD + to - from + valueLength(mark);
    if (to - from >= LONGEST || size > most / 16) {
      return MISSING;
    }
    makeRoom(size);
    int at = (int) head & ring.length - 1;
    setNumber(at, to - from);
    setNumber(at + 2, mark);
    System.arraycopy(bytes, from, ring, at + HEAD, to - from);
    note(head, Bytes.hash(bytes, from, to, seed));
    head += size;
    return at + HEAD + to - from;
  }

  private static int valueLength(int mark) {
    return mark == LONGEST ? 0 : mark;
  }

  private void note(long position, long hash) {
    int place = oldest(place(hash));
    if (!isGone(index[place])) {
      int other = oldest(otherPlace(hash));
      place = index[other] < index[place] ? other : place;
    }
    index[place] = position + 1 << TAG_BITS | hash & TAG;
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
      grow();
    }
    int left = ring.length - ((int) head & ring.length - 1);
    if (size > left) {
      head += left; // entries are in one piece
    }
  }

  /** Before it has gone round: each entry is where it was. */
  private void grow() {
    ring = Arrays.copyOf(ring, 2 * ring.length);
    index = new long[2 * index.length];
    for (int at = 0; at < head; ) {
      int key = at + HEAD;
      int value = key + number(at);
      note(at, Bytes.hash(ring, key, value, seed));
      at = value + valueLength(number(at + 2));
    }
  }

  private void setNumber(int at, int number) {
    ring[at] = (byte) (number >> 8);
    ring[at + 1] = (byte) number;
  }
}
