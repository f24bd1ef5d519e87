package io.cadenza.accumulate;

import io.cadenza.line.Shards;
import java.util.Arrays;

/**
 * Entries by key, where a key is a name, what stands behind it (tags), and a kind. Belongs to one
 * thread. Looking up allocates nothing.
 *
 * <p>The entries lie in a dense array, in no order; a slot of the table has the place there and the
 * half of the hash that is not its own place. Who walks the entries goes from the last to the
 * first: then one that is removed on the way, and another that takes its place, harm nobody.
 *
 * @param <E> the entries
 */
public final class KeyTable<E extends KeyTable.Entry> {
  /** What a table holds. */
  public abstract static class Entry {
    final byte[] key;
    final int split;
    final byte kind;
    private final int hash;
    private int place;

    /**
     * @param key name and what is behind it, in one piece; not to be written to
     * @param split where the name ends
     */
    protected Entry(byte[] key, int split, byte kind, int hash) {
      this.key = key;
      this.split = split;
      this.kind = kind;
      this.hash = hash;
    }

    /** Name and what is behind it. */
    public final byte[] key() {
      return key;
    }

    /** Where the name ends. */
    public final int split() {
      return split;
    }

    public final byte kind() {
      return kind;
    }
  }

  /** How many hashes it is looked ahead for at most. */
  public static final int AHEAD = 32;

  private static final int FIRST_SLOTS = 64;
  private static final long PLACE = 0xffff_ffffL;

  private long[] slots = new long[FIRST_SLOTS]; // hash in the upper half, place + 1 in the lower
  private Entry[] entries = new Entry[FIRST_SLOTS / 2];
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
  public void lookAhead(int[] hashes, int count) {
    int mask = slots.length - 1;
    long seen = 0;
    for (int i = 0; i < count; i++) {
      seen += slots[hashes[i] & mask];
    }
    for (int i = 0; i < count; i++) {
      Entry entry = first(hashes[i] & mask);
      seen += entry == null ? 0 : entry.hash;
    }
    for (int i = 0; i < count; i++) {
      Entry entry = first(hashes[i] & mask);
      seen += entry == null ? 0 : entry.key.length;
    }
    lookedAt = seen;
  }

  private Entry first(int slot) {
    int place = (int) (slots[slot] & PLACE) - 1;
    return place < 0 ? null : entries[place];
  }

  /** The entry of a key whose two parts lie in an array, or null. */
  @SuppressWarnings("unchecked")
  public E find(int hash, byte[] bytes, int from, int to, int behindFrom, int behindTo, byte kind) {
    int mask = slots.length - 1;
    for (int slot = hash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      if ((int) (slots[slot] >>> 32) == hash) {
        Entry entry = entries[(int) (slots[slot] & PLACE) - 1];
        if (same(entry, bytes, from, to, behindFrom, behindTo, kind)) {
          return (E) entry;
        }
      }
    }
    return null;
  }

  private static boolean same(
      Entry entry, byte[] bytes, int from, int to, int behindFrom, int behindTo, byte kind) {
    byte[] key = entry.key;
    return entry.kind == kind
        && entry.split == to - from
        && key.length - entry.split == behindTo - behindFrom
        && Arrays.equals(key, 0, entry.split, bytes, from, to)
        && (behindFrom == behindTo
            || Arrays.equals(key, entry.split, key.length, bytes, behindFrom, behindTo));
  }

  /** Adds an entry whose key is not there. */
  public void add(E entry) {
    if (count == entries.length) {
      entries = Arrays.copyOf(entries, count * 2);
      rehash(slots.length * 2);
    }
    Entry added = entry;
    entries[count] = added;
    added.place = count++;
    put((long) added.hash << 32 | count);
  }

  private void put(long filled) {
    int mask = slots.length - 1;
    int slot = (int) (filled >>> 32) & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = filled;
  }

  private void rehash(int size) {
    long[] old = slots;
    slots = new long[size];
    for (long filled : old) {
      if (filled != 0) {
        put(filled);
      }
    }
  }

  /** Removes an entry that is there. The last one takes its place. */
  public void remove(E entry) {
    Entry gone = entry;
    free(slotOf(gone));
    Entry last = entries[--count];
    entries[count] = null;
    if (last != gone) {
      slots[slotOf(last)] = (long) last.hash << 32 | gone.place + 1;
      last.place = gone.place;
      entries[gone.place] = last;
    }
  }

  private int slotOf(Entry entry) {
    int mask = slots.length - 1;
    int slot = entry.hash & mask;
    while ((slots[slot] & PLACE) != entry.place + 1) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Frees a slot, and moves up those behind it that are not at home. */
  private void free(int slot) {
    int mask = slots.length - 1;
    int hole = slot;
    for (int at = slot + 1 & mask; slots[at] != 0; at = at + 1 & mask) {
      int home = (int) (slots[at] >>> 32) & mask;
      if ((at - home & mask) >= (at - hole & mask)) {
        slots[hole] = slots[at];
        hole = at;
      }
    }
    slots[hole] = 0;
  }
}
