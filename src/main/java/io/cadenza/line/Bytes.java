package io.cadenza.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finding bytes in byte arrays, eight at a time. Hot path; callable from any thread. */
public final class Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Bytes() {}

  /** The eight bytes from {@code at}, the first of them lowest. The caller has checked bounds. */
  public static long word(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** Writes eight bytes as {@link #word} reads them. */
  public static void putWord(byte[] bytes, int at, long word) {
    LONG.set(bytes, at, word);
  }

  /** The same of fewer than eight bytes; what is missing is 0. */
  public static long fewerThanWord(byte[] bytes, int from, int to) {
    long word = 0;
    for (int at = to - 1; at >= from; at--) {
      word = word << 8 | bytes[at] & 0xff;
    }
    return word;
  }

  /**
   * The high bit of each byte that is {@code least} or more, of bytes of 7 bits: what is added
   * makes the high bit carry, and nothing is carried into the byte above.
   */
  public static long atLeast(long sevenBits, int least) {
    return sevenBits + (0x80 - least) * ONES;
  }

  /** The high bit of each byte that is {@code b}, of bytes of 7 bits. */
  public static long are(long sevenBits, int b) {
    return ~((sevenBits ^ b * ONES) + 0x7f * ONES);
  }

  /** A word with the high bit set in the lowest byte equal to {@code b} (and maybe above it). */
  private static long matches(long word, long pattern) {
    long x = word ^ pattern;
    return (x - ONES) & ~x & HIGHS;
  }

  /** The first {@code b} in {@code bytes[from, to)}, or -1. */
  public static int indexOf(byte[] bytes, int from, int to, byte b) {
    long pattern = (b & 0xffL) * ONES;
    int at = from;
    for (; at <= to - 8; at += 8) {
      long found = matches(word(bytes, at), pattern);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == b) {
        return at;
      }
    }
    return -1;
  }

  /** The first blank or tab in {@code bytes[from, to)}, or -1. */
  public static int indexOfBlank(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - 8; at += 8) {
      long word = word(bytes, at);
      long found = matches(word, ' ' * ONES) | matches(word, '\t' * ONES);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == ' ' || bytes[at] == '\t') {
        return at;
      }
    }
    return -1;
  }

  /** Whether all of {@code bytes[from, to)} are 7-bit and none is NUL. */
  public static boolean plainAscii(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - 8; at += 8) {
      long word = word(bytes, at);
      if (((word | (word - ONES)) & HIGHS) != 0) {
        // A high bit, or a zero byte (or a borrow from one): look at each.
        return plainAsciiSlowly(bytes, at, to);
      }
    }
    return plainAsciiSlowly(bytes, at, to);
  }

  private static boolean plainAsciiSlowly(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] <= 0) {
        return false;
      }
    }
    return true;
  }

  /** Where the name ends that a key begins with: at its first {@code ;}, or at the key's end. */
  public static int nameEnd(byte[] bytes, int keyStart, int keyEnd) {
    int at = indexOf(bytes, keyStart, keyEnd, (byte) ';');
    return at < 0 ? keyEnd : at;
  }

  /** Whether so many bytes of two arrays are the same: for few, as those of keys are. */
  public static boolean equal(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
    int at = 0;
    for (; at <= length - 8; at += 8) {
      if (word(a, aFrom + at) != word(b, bFrom + at)) {
        return false;
      }
    }
    if (at < length && length >= 8) {
      // The last eight bytes, some of which were compared already: no loop for the odd ones.
      return word(a, aFrom + length - 8) == word(b, bFrom + length - 8);
    }
    for (; at < length; at++) {
      if (a[aFrom + at] != b[bFrom + at]) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code bytes[from, to)} begins with {@code prefix}. */
  public static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    if (to - from < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * A hash of {@code bytes[from, to)}, sixteen bytes at a time, keyed with a secret {@code seed}:
   * all of its 64 bits may be relied on, also against who chooses keys without knowing the seed.
   *
   * <p>Folded multiplication, as in wyhash: each half of a block is hidden behind the secret before
   * the two are multiplied, so that no pair of blocks cancels out whatever the secret is.
   */
  public static long hash(byte[] bytes, int from, int to, long seed) {
    long secret = secret(seed);
    long h = hashBegun(seed, to - from);
    int at = from;
    for (; at <= to - 16; at += 16) {
      h = hashOn(h, word(bytes, at), word(bytes, at + 8), secret);
    }
    long first = 0;
    if (at <= to - 8) {
      first = word(bytes, at);
      at += 8;
    }
    long rest = 0;
    if (to - from >= 8) {
      // The last eight bytes, some of which were taken already: no loop for the odd ones.
      rest = at == to ? 0 : word(bytes, to - 8);
    } else {
      rest = fewerThanWord(bytes, from, to);
    }
    return hashDone(hashOn(h, first, rest, secret), secret);
  }

  /** For who has a walk of its own over the words of {@link #hash}: its secret. */
  static long secret(long seed) {
    return seed | 1;
  }

  /** What it begins with. */
  static long hashBegun(long seed, int length) {
    return seed ^ length * 0x9E3779B97F4A7C15L;
  }

  /** What comes of it with two words more. */
  static long hashOn(long h, long first, long second, long secret) {
    return fold(first ^ secret, second ^ h);
  }

  /** What it is in the end. */
  static long hashDone(long h, long secret) {
    return fold(h ^ 0xC4CEB9FE1A85EC53L, secret * 0xFF51AFD7ED558CCDL);
  }

  private static long fold(long a, long b) {
    return a * b ^ Math.multiplyHigh(a, b);
  }
}
