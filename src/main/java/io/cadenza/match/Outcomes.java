package io.cadenza.match;

import java.util.Arrays;

/** Numbers for sets of atoms: the same set has the same number, always. One thread's. */
final class Outcomes {
  private final int words;
  private final int limit;
  private final long[] loose; // the latest set that got no number of its own
  private long[] sets;
  private int[] slots = new int[64]; // number + 1, open addressing
  private int count;

  Outcomes(int words, int limit) {
    this.words = words;
    this.limit = limit;
    loose = new long[words];
    sets = new long[16 * words];
  }

  int count() {
    return count;
  }

  /** The number of {@code set}, or the limit when there are too many: then it is kept as loose. */
  int number(long[] set) {
    int mask = slots.length - 1;
    int slot = spread(Arrays.hashCode(set)) & mask;
    for (; slots[slot] != 0; slot = (slot + 1) & mask) {
      if (same(slots[slot] - 1, set)) {
        return slots[slot] - 1;
      }
    }
    if (count == limit) {
      System.arraycopy(set, 0, loose, 0, words);
      return limit;
    }
    slots[slot] = count + 1;
    return append(set);
  }

  private int append(long[] set) {
    if ((count + 1) * words > sets.length) {
      sets = Arrays.copyOf(sets, 2 * sets.length);
    }
    System.arraycopy(set, 0, sets, count * words, words);
    count++;
    if (2 * count > slots.length) {
      rehash();
    }
    return count - 1;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    long[] set = new long[words];
    for (int i = 0; i < count; i++) {
      System.arraycopy(sets, i * words, set, 0, words);
      int slot = spread(Arrays.hashCode(set)) & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i + 1;
    }
  }

  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ h >>> 15;
  }

  private boolean same(int number, long[] set) {
    int at = number * words;
    for (int i = 0; i < words; i++) {
      if (sets[at + i] != set[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the number says only "the latest": then it must not be remembered. */
  boolean isLoose(int number) {
    return number == limit;
  }

  boolean has(int number, int atom) {
    long word = number == limit ? loose[atom >> 6] : sets[number * words + (atom >> 6)];
    return (word >>> atom & 1) != 0;
  }

  /** Adds the atoms of a set to {@code into}. */
  void addTo(int number, long[] into) {
    for (int i = 0; i < words; i++) {
      into[i] |= number == limit ? loose[i] : sets[number * words + i];
    }
  }
}
