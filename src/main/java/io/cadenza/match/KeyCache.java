package io.cadenza.match;

/** The latest new keys by old key, in a bounded number of bytes. One thread's. */
final class KeyCache {
  static final int MISSING = -3;

  private static final int UNCHANGED = RecentKeys.LONGEST;

  private final RecentKeys keys;

  /** Of {@code bytes}, a power of two. */
  KeyCache(int bytes) {
    keys = new RecentKeys(bytes);
  }

  /** Bytes of keys that it holds. */
  long bytes() {
    return keys.bytes();
  }

  /** Bytes of keys that it may hold. */
  long most() {
    return keys.most();
  }

  /** Copies the new key to {@code into} and answers as {@link Rewrite#apply}, or MISSING. */
  int get(byte[] bytes, int from, int to, byte[] into) {
    int value = keys.find(bytes, from, to);
    if (value < 0) {
      return MISSING;
    }
    int length = keys.mark(value, to - from);
    if (length == UNCHANGED) {
      return Rewrite.UNCHANGED;
    }
    if (length > into.length) {
      return Rewrite.TOO_LONG;
    }
    System.arraycopy(keys.ring(), value, into, 0, length);
    return length;
  }

  /** Remembers a new key of {@code length} bytes, or that there is none. */
  void put(byte[] bytes, int from, int to, byte[] made, int length) {
    int mark = length < 0 ? UNCHANGED : length;
    int value = keys.put(bytes, from, to, mark);
    if (value >= 0) {
      System.arraycopy(made, 0, keys.ring(), value, Math.max(0, length));
    }
  }
}
