package io.cadenza.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** The functions that rings hash keys with, and how wide their positions are. */
enum HashKind {
  /** The first two bytes of MD5, the first of them highest. */
  MD5_16(16, 0, true) {
    @Override
    KeyHash plain() {
      return new DigestHash("MD5", true);
    }
  },
  /** The first two bytes of SHA-1, the first of them highest. */
  SHA1_16(16, 0, true) {
    @Override
    KeyHash plain() {
      return new DigestHash("SHA-1", true);
    }
  },
  /** The first four bytes of MD5, the first of them lowest. */
  MD5_32(32, 0, true) {
    @Override
    KeyHash plain() {
      return new DigestHash("MD5", false);
    }
  },
  /** FNV-1a of 32 bits, its halves xored. */
  FNV1A_16(16, 0, false) {
    @Override
    KeyHash plain() {
      return new Fnv1aFolded();
    }
  },
  /** The same with bytes widened as signed ones, as C does on x86. */
  FNV1A_16_SIGNED(16, 0, false) {
    @Override
    KeyHash plain() {
      return new Fnv1aFoldedSigned();
    }
  },
  FNV1_32(32, 0, false) {
    @Override
    KeyHash plain() {
      return new Fnv1();
    }
  },
  FNV1A_32(32, 0, false) {
    @Override
    KeyHash plain() {
      return new Fnv1a();
    }
  },
  CRC_32(32, 0, false) {
    @Override
    KeyHash plain() {
      return new Crc();
    }
  },
  /** MurmurHash3 x86_32, seed 0. */
  MURMUR3_32(32, 0, false) {
    @Override
    KeyHash plain() {
      return new Murmur3();
    }
  },
  /** The same read as a signed number, as Python's mmh3 does. */
  MURMUR3_32_SIGNED(32, Integer.MIN_VALUE, false) {
    @Override
    KeyHash plain() {
      return new Murmur3Signed();
    }
  };

  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  final int bits;

  /** The lowest position. */
  final long lowest;

  private final boolean slow;

  HashKind(int bits, long lowest, boolean slow) {
    this.bits = bits;
    this.lowest = lowest;
    this.slow = slow;
  }

  /** For building a ring: remembers nothing. */
  abstract KeyHash plain();

  /**
   * For looking keys up: one for each thread.
   *
   * @param most keys that are remembered, where that is faster
   */
  KeyHash forKeys(int most) {
    return slow ? new CachedHash(plain(), bits == 16, most) : plain();
  }

  static int fnv1a(byte[] bytes, int start, int end) {
    int hash = FNV_OFFSET;
    for (int i = start; i < end; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  private static int fold(int hash) {
    return (hash >>> 16) ^ (hash & 0xffff);
  }

  private static final class Fnv1aFolded extends KeyHash {
    @Override
    long position(byte[] bytes, int start, int end) {
      return fold(fnv1a(bytes, start, end));
    }
  }

  private static final class Fnv1aFoldedSigned extends KeyHash {
    @Override
    long position(byte[] bytes, int start, int end) {
      int hash = FNV_OFFSET;
      for (int i = start; i < end; i++) {
        hash = (hash ^ bytes[i]) * FNV_PRIME;
      }
      return fold(hash);
    }
  }

  private static final class Fnv1a extends KeyHash {
    @Override
    long position(byte[] bytes, int start, int end) {
      return Integer.toUnsignedLong(fnv1a(bytes, start, end));
    }
  }

  private static final class Fnv1 extends KeyHash {
    @Override
    long position(byte[] bytes, int start, int end) {
      int hash = FNV_OFFSET;
      for (int i = start; i < end; i++) {
        hash = (hash * FNV_PRIME) ^ (bytes[i] & 0xff);
      }
      return Integer.toUnsignedLong(hash);
    }
  }

  private static final class Crc extends KeyHash {
    private final CRC32 crc = new CRC32();

    @Override
    long position(byte[] bytes, int start, int end) {
      crc.reset();
      crc.update(bytes, start, end - start);
      return crc.getValue();
    }
  }

  private static final class Murmur3 extends KeyHash {
    @Override
    long position(byte[] bytes, int start, int end) {
      return Integer.toUnsignedLong(Murmur.x86(bytes, start, end));
    }
  }

  private static final class Murmur3Signed extends KeyHash {
    @Override
    long position(byte[] bytes, int start, int end) {
      return Murmur.x86(bytes, start, end);
    }
  }

  /** Austin Appleby's MurmurHash3 x86_32 (public domain), seed 0. */
  private static final class Murmur {
    private static final VarHandle INT =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    static int x86(byte[] bytes, int start, int end) {
      int hash = 0;
      int at = start;
      for (; at <= end - 4; at += 4) {
        hash = Integer.rotateLeft(hash ^ mix((int) INT.get(bytes, at)), 13) * 5 + 0xe6546b64;
      }
      int rest = 0;
      for (int shift = 0; at < end; at++, shift += 8) {
        rest |= (bytes[at] & 0xff) << shift;
      }
      return finish(hash ^ mix(rest) ^ (end - start));
    }

    private static int mix(int word) {
      return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private static int finish(int hash) {
      int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
      h = (h ^ (h >>> 13)) * 0xc2b2ae35;
      return h ^ (h >>> 16);
    }
  }
}
