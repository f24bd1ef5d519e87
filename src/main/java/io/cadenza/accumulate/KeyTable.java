package io.cadenza.accumulate;

import io.cadenza.line.Bytes;
import io.cadenza.line.Shards;
import java.util.Arrays;

/**
 * Entries by key, where a key is a name, what stands behind it (tags), and a kind. Belongs to one
 * thread. Looking up allocates nothing.
 *
 * <p>A slot has an entry, and only that: a quarter of the slots is filled at most, so that what is
 * looked at is nearly always what is looked for. A hash beside it would be one more place in memory
 * to wait for, and so would the array of a name be: an entry has the beginning of it in itself. The
 * entries lie in a dense array too, in no order: who walks them goes from the last to the first,
 * and then one that is removed on the way, and another that takes its place, harm nobody.
 *
 * @param <E> the entries
 */
public final class KeyTable<E extends KeyTable.Entry> {
  /** What a table holds. */
  public abstract static class Entry {
    /** So much of a name is in the entry itself. */
    public static final int INSIDE = 48;

    // Small, as is all that is here: so many entries are waited for from memory.
    private final byte[] key;
    private final char split;
    private final char length;
    private final byte kind;
    private final int hash;
    private int place;

    // The name eight bytes at a time; the last of them end where it ends, unless it is longer.
    private final long word0;
    private final long word1;
    private final long word2;
    private final long word3;
    private final long word4;
    private final long word5;

    /**
     * @param key name and what is behind it, in one piece; not to be written to
     * @param split where the name ends
     * @throws IllegalArgumentException for a key of more than 65 535 bytes
     */
    protected Entry(byte[] key, int split, byte kind, int hash) {
      if (key.length > Character.MAX_VALUE) {
        throw new IllegalArgumentException("a key of " + key.length + " bytes");
      }
      this.key = key;
      this.split = (char) split;
      this.length = (char) key.length;
      this.kind = kind;
      this.hash = hash;
      word0 = split < 8 ? Bytes.fewerThanWord(key, 0, split) : Bytes.word(key, 0);
      word1 = inside(8);
      word2 = inside(16);
      word3 = inside(24);
      word4 = inside(32);
      word5 = inside(40);
    }

    private long inside(int at) {
      return at < split ? Bytes.word(key, Math.min(at, split - 8)) : 0;
    }

    /** Whether the name is {@code b[from, to)}, which is as long as it. */
    private boolean named(byte[] b, int from, int to) {
      int size = to - from;
      if (size < 8) {
        return word0 == Bytes.fewerThanWord(b, from, to);
      }
      long last = Bytes.word(b, to - 8);
      if (word0 != Bytes.word(b, from)) {
        return false;
      }
      if (size <= 16) {
        return size == 8 || word1 == last;
      }
      if (word1 != Bytes.word(b, from + 8)) {
        return false;
      }
      if (size <= 24) {
        return word2 == last;
      }
      if (word2 != Bytes.word(b, from + 16)) {
        return false;
      }
      if (size <= 32) {
        return word3 == last;
      }
      if (word3 != Bytes.word(b, from + 24)) {
        return false;
      }
      return size <= 40 ? word4 == last : namedFrom32(b, from, to, last);
    }

    private boolean namedFrom32(byte[] b, int from, int to, long last) {
      if (word4 != Bytes.word(b, from + 32)) {
        return false;
      }
      if (to - from <= INSIDE) {
        return word5 == last;
      }
      return word5 == Bytes.word(b, from + 40)
          && Bytes.equal(key, INSIDE, b, from + INSIDE, to - from - INSIDE);
    }

    private boolean is(byte[] b, int from, int to, int behindFrom, int behindTo, byte wanted) {
      int behind = behindTo - behindFrom;
      return kind == wanted
          && split == to - from
          && length - split == behind
          && named(b, from, to)
          && (behind == 0 || Bytes.equal(key, split, b, behindFrom, behind));
    }

    /** Reads a byte wherever {@link #is} will. */
    private long lookAt() {
      return hash + word5 + (length > INSIDE ? key[length - 1] : 0);
    }

    /** Name and what is behind it. */
    public final byte[] key() {
      return key;
    }

    /**
     * The same without a look at its array, where all of it is in the entry.
     *
     * @param lent of {@link #INSIDE} bytes, which may be written to, and answered
     */
    public final byte[] key(byte[] lent) {
      if (length > INSIDE || split < length) {
        return key;
      }
      Bytes.putWord(lent, 0, word0);
      put(lent, 8, word1);
      put(lent, 16, word2);
      put(lent, 24, word3);
      put(lent, 32, word4);
      put(lent, 40, word5);
      return lent;
    }

    private void put(byte[] to, int at, long word) {
      if (at < length) {
        Bytes.putWord(to, Math.min(at, length - 8), word);
      }
    }

    /** How long the key is. */
    public final int keyLength() {
      return length;
    }

    /** Where the name ends. */
    public final int split() {
      return split;
    }

    /** Of which kind it is, as the table was given it. */
    public final byte kindCode() {
      return kind;
    }
  }

  /** How many hashes it is looked ahead for at most. */
  public static final int AHEAD = 32;

  private static final int FIRST_SLOTS = 64;

  /** How many slots there are for an entry, at least. */
  private static final int SPARE = 4;

  private Entry[] slots = new Entry[FIRST_SLOTS];
  private Entry[] entries = new Entry[FIRST_SLOTS / SPARE];
  private int count;

  /** Nobody reads it: but it has to be worked out. */
  long lookedAt;

  /** How many there are. */
  public int count() {
    return count;
  }

  /** The entry at a place from 0; which one it is changes when others are removed. */
  @SuppressWarnings("unchecked")
  public E at(int place) {
    return (E) entries[place];
  }

  /** The hash of a key of any kind, to be given to {@link #find} and to a new entry. */
  public int hash(byte[] bytes, int from, int to, int behindFrom, int behindTo) {
    return hash(nameHash(bytes, from, to), bytes, behindFrom, behindTo);
  }

  /** The hash of the name alone: of a key that has nothing behind it, the hash of the key. */
  public int nameHash(byte[] bytes, int from, int to) {
    return Shards.fold(Shards.hash(bytes, from, to));
  }

  /** The hash of a key whose name has that hash. */
  public int hash(int nameHash, byte[] bytes, int behindFrom, int behindTo) {
    return behindFrom < behindTo
        ? nameHash + 31 * (int) Shards.hash(bytes, behindFrom, behindTo)
        : nameHash;
  }

  /**
   * Has the memory look for the entries of some hashes, all at once, while it would be waited for
   * one after the other in {@link #find}. Changes nothing.
   *
   * <p>Each pass goes one step further for all, from what the pass before has brought near; none
   * keeps what it found, as objects that are noted in older ones are work for the collector.
   *
   * @param count of the hashes, no more than {@link #AHEAD}
   */
  public void lookAhead(int[] wanted, int count) {
    int mask = slots.length - 1;
    long seen = 0;
    for (int i = 0; i < count; i++) {
      seen += slots[wanted[i] & mask] == null ? 0 : 1;
    }
    for (int i = 0; i < count; i++) {
      Entry entry = slots[wanted[i] & mask];
      seen += entry == null ? 0 : entry.lookAt();
    }
    lookedAt = seen;
  }

  /** The same for those at some places, from one downwards. */
  public void lookAhead(int from, int count) {
    long seen = 0;
    for (int place = from; place > from - count && place >= 0; place--) {
      seen += entries[place].lookAt();
    }
    lookedAt = seen;
  }

  /** The entry that is looked at first for a hash: nearly always the only one; or null. */
  @SuppressWarnings("unchecked")
  public E first(int hash) {
    return (E) slots[hash & slots.length - 1];
  }

  /** The entry of a key whose two parts lie in an array, or null. */
  @SuppressWarnings("unchecked")
  public E find(int hash, byte[] bytes, int from, int to, int behindFrom, int behindTo, byte kind) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (Entry entry = slots[slot]; entry != null; entry = slots[slot]) {
      if (entry.hash == hash && entry.is(bytes, from, to, behindFrom, behindTo, kind)) {
        return (E) entry;
      }
      slot = slot + 1 & mask;
    }
    return null;
  }

  /** Adds an entry whose key is not there. */
  public void add(E entry) {
    if (count == entries.length) {
      entries = Arrays.copyOf(entries, count * 2);
      rehash(slots.length * 2);
    }
    Entry added = entry;
    added.place = count;
    entries[count++] = added;
    put(added);
  }

  private void put(Entry entry) {
    int mask = slots.length - 1;
    int slot = entry.hash & mask;
    while (slots[slot] != null) {
      slot = slot + 1 & mask;
    }
    slots[slot] = entry;
  }

  private void rehash(int size) {
    slots = new Entry[size];
    for (int place = 0; place < count; place++) {
      put(entries[place]);
    }
  }

  /** Removes an entry that is there. The last one takes its place. */
  public void remove(E entry) {
    Entry gone = entry;
    free(slotOf(gone));
    Entry last = entries[--count];
    entries[count] = null;
    if (last != gone) {
      last.place = gone.place;
      entries[gone.place] = last;
    }
  }

  private int slotOf(Entry entry) {
    int mask = slots.length - 1;
    int slot = entry.hash & mask;
    while (slots[slot] != entry) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Frees a slot, and moves up those behind it that are not at home. */
  private void free(int slot) {
    int mask = slots.length - 1;
    int hole = slot;
    for (int at = slot + 1 & mask; slots[at] != null; at = at + 1 & mask) {
      int home = slots[at].hash & mask;
      if ((at - home & mask) >= (at - hole & mask)) {
        slots[hole] = slots[at];
        hole = at;
      }
    }
    slots[hole] = null;
  }
}
