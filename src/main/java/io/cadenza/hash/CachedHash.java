package io.cadenza.hash;

import io.cadenza.line.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Remembers where keys lie, in front of a hash that costs more than looking.
 *
 * <p>Open addressing over one slab of bytes, keys compared in full, seeded so that a sender can't
 * choose keys that meet, and a probe gives up after a few steps all the same. It grows while keys
 * that are new keep coming, up to a bound; then it keeps what it has, and starts over once misses
 * say that the keys have changed. No garbage but for growing.
 */
final class CachedHash extends KeyHash {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Longer keys are rare and would fill the slab. */
  private static final int LONGEST_KEY = 512;

  private static final int PROBES = 16;
  private static final int HEADER = 8;
  private static final int FIRST_SLOTS = 1 << 11;
  private static final int MOST_SLOTS = 1 << 18;

  /** At most half of the slots are taken, and a key takes some 64 bytes with its header. */
  private static final int SLAB_PER_SLOT = 32;

  /** Misses, in slots, after which a full cache is worth filling anew. */
  private static final int STALE = 4;

  private final KeyHash slow;
  private final long seed;
  private final int mostSlots;

  /** Upper half: a part of the key's hash. Lower half: one more than where it lies in the slab. */
  private long[] slots = new long[FIRST_SLOTS];

  /** For each key its position, its length, its bytes. */
  private byte[] slab = new byte[FIRST_SLOTS * SLAB_PER_SLOT];

  private int keys;
  private int used;
  private int missesWhenFull;

  CachedHash(KeyHash slow) {
    this(slow, new SplittableRandom().nextLong(), MOST_SLOTS);
  }

  /**
   * @param mostSlots a power of two
   */
  CachedHash(KeyHash slow, long seed, int mostSlots) {
    this.slow = slow;
    this.seed = seed;
    this.mostSlots = mostSlots;
  }

  @Override
  long position(byte[] bytes, int start, int end) {
    long hash = spread(Bytes.hash(bytes, start, end, seed));
    int mask = slots.length - 1;
    int at = (int) hash & mask;
    for (int probe = 0; probe < PROBES; probe++) {
      long slot = slots[at];
      if (slot == 0) {
        return miss(bytes, start, end, hash, at);
      }
      if ((slot ^ hash) >>> 32 == 0 && holds((int) slot - 1, bytes, start, end)) {
        return Integer.toUnsignedLong((int) INT.get(slab, (int) slot - 1));
      }
      at = (at + 1) & mask;
    }
    return miss(bytes, start, end, hash, -1);
  }

  /** Takes what the last bytes of a key changed down to the bits that choose the slot. */
  private static long spread(long hash) {
    long h = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    return h ^ (h >>> 32);
  }

  private boolean holds(int at, byte[] bytes, int start, int end) {
    int length = (int) INT.get(slab, at + 4);
    int from = at + HEADER;
    return length == end - start && Arrays.equals(slab, from, from + length, bytes, start, end);
  }

  /**
   * @param slot the free slot to take, or negative when there was none near
   */
  private long miss(byte[] bytes, int start, int end, long hash, int slot) {
    long position = slow.position(bytes, start, end);
    int length = end - start;
    if (length > LONGEST_KEY) {
      return position;
    }
    if (slot < 0 || keys >= slots.length >> 1 || used + HEADER + length > slab.length) {
      makeRoom();
      return position;
    }
    slots[slot] = (hash & 0xffffffff00000000L) | (used + 1);
    INT.set(slab, used, (int) position);
    INT.set(slab, used + 4, length);
    System.arraycopy(bytes, start, slab, used + HEADER, length);
    used += HEADER + length;
    keys++;
    return position;
  }

  private void makeRoom() {
    if (slots.length < mostSlots) {
      grow();
    } else if (++missesWhenFull > STALE * slots.length) {
      clear();
    }
  }

  /** Forgets all: refilling costs what moving would, and this is rare. */
  private void grow() {
    slots = new long[slots.length * 2];
    slab = new byte[slab.length * 2];
    forget();
  }

  private void clear() {
    Arrays.fill(slots, 0);
    forget();
  }

  private void forget() {
    keys = 0;
    used = 0;
    missesWhenFull = 0;
  }

  /** How many keys are remembered. */
  int size() {
    return keys;
  }
}
