package io.cadenza.hash;

import io.cadenza.line.Bytes;
import io.cadenza.line.LineBatch;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Remembers where keys lie, in front of a hash that costs more than looking.
 *
 * <p>Open addressing, one look at memory for a key that is known: a slot holds what is left of the
 * key's own 64-bit hash, and its position. Keys are told apart by that hash alone, which is keyed
 * with a secret: that two of a million keys are taken for one has a chance below one in ten
 * millions. A probe gives up after a few steps. It grows while keys that are new keep coming, up to
 * a bound; then it keeps what it has, and starts over once misses say that the keys have changed.
 * No garbage but for growing.
 */
final class CachedHash extends KeyHash {
  private static final int PROBES = 16;
  private static final int FIRST_SLOTS = 1 << 11;
  private static final long NARROW = 0xffff;

  /** No slot that is taken is 0. */
  private static final long TAKEN = Long.MIN_VALUE;

  /** Misses, in slots, after which a full cache is worth filling anew. */
  private static final int STALE = 4;

  private final KeyHash slow;
  private final long seed;
  private final int mostSlots;

  /** Whether a position has 16 bits and shares a long with its tag; else it has the next one. */
  private final boolean narrow;

  private long[] slots;
  private int count = FIRST_SLOTS;
  private int keys;
  private int missesWhenFull;

  /** What was seen in a group's slots: kept so that looking is not left out. */
  private long looked;

  /**
   * @param narrow whether positions have 16 bits
   * @param mostKeys rounded down to a power of two
   */
  CachedHash(KeyHash slow, boolean narrow, int mostKeys) {
    this(slow, narrow, new SplittableRandom().nextLong(), slots(mostKeys));
  }

  /** At most half of the slots are taken. */
  private static int slots(int keys) {
    return Math.max(FIRST_SLOTS, 2 * Integer.highestOneBit(keys));
  }

  /**
   * @param mostSlots a power of two
   */
  CachedHash(KeyHash slow, boolean narrow, long seed, int mostSlots) {
    this.slow = slow;
    this.narrow = narrow;
    this.seed = seed;
    this.mostSlots = mostSlots;
    this.slots = new long[narrow ? count : 2 * count];
  }

  @Override
  long position(byte[] bytes, int start, int end) {
    long hash = Bytes.hash(bytes, start, end, seed) | TAKEN;
    return narrow ? narrow(bytes, start, end, hash) : wide(bytes, start, end, hash);
  }

  /**
   * All hashes first, then a look at each slot, then the answers: the looks do not depend on one
   * another, so that the memory answers many at once.
   */
  @Override
  void positions(LineBatch batch, int first, int count, long[] into) {
    byte[] bytes = batch.bytes();
    for (int i = 0; i < count; i++) {
      int start = batch.keyStart(first + i);
      into[i] = Bytes.hash(bytes, start, batch.keyEnd(first + i), seed) | TAKEN;
    }
    long[] now = slots;
    int mask = this.count - 1;
    int shift = narrow ? 0 : 1;
    long looks = 0;
    for (int i = 0; i < count; i++) {
      looks += now[((int) into[i] & mask) << shift];
    }
    looked = looks;
    for (int i = 0; i < count; i++) {
      int start = batch.keyStart(first + i);
      int end = batch.keyEnd(first + i);
      into[i] = narrow ? narrow(bytes, start, end, into[i]) : wide(bytes, start, end, into[i]);
    }
  }

  private long narrow(byte[] bytes, int start, int end, long hash) {
    int mask = count - 1;
    int at = (int) hash & mask;
    for (int probe = 0; probe < PROBES; probe++) {
      long slot = slots[at];
      if ((slot ^ hash) >>> 16 == 0) {
        return slot & NARROW;
      }
      if (slot == 0) {
        long position = slow.position(bytes, start, end);
        if (room()) {
          slots[at] = (hash & ~NARROW) | position;
        }
        return position;
      }
      at = (at + 1) & mask;
    }
    return crowded(bytes, start, end);
  }

  private long wide(byte[] bytes, int start, int end, long hash) {
    int mask = count - 1;
    int at = (int) hash & mask;
    for (int probe = 0; probe < PROBES; probe++) {
      long slot = slots[2 * at];
      if (slot == hash) {
        return slots[2 * at + 1];
      }
      if (slot == 0) {
        long position = slow.position(bytes, start, end);
        if (room()) {
          slots[2 * at] = hash;
          slots[2 * at + 1] = position;
        }
        return position;
      }
      at = (at + 1) & mask;
    }
    return crowded(bytes, start, end);
  }

  private long crowded(byte[] bytes, int start, int end) {
    makeRoom();
    return slow.position(bytes, start, end);
  }

  /** Whether one more key may be taken; at most half of the slots are. */
  private boolean room() {
    if (keys >= count >> 1) {
      makeRoom();
      return false;
    }
    keys++;
    return true;
  }

  private void makeRoom() {
    if (count < mostSlots) {
      count *= 2;
      // Forgets all: refilling costs what moving would, and this is rare.
      slots = new long[slots.length * 2];
      forget();
    } else if (++missesWhenFull > STALE * count) {
      Arrays.fill(slots, 0);
      forget();
    }
  }

  private void forget() {
    keys = 0;
    missesWhenFull = 0;
  }

  @Override
  long remembered() {
    return keys;
  }

  @Override
  long most() {
    return mostSlots >> 1;
  }
}
