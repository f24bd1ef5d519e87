package io.cadenza.line;

/**
 * Reads a key: its hash, {@link Shards#hash}, and whether it is plain, made of letters, digits and
 * {@code _ - .} only, as nearly all are. Both in one walk over its bytes. One thread; keeps the
 * last one read; allocates nothing.
 */
public final class PlainKey {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private long hash;
  private boolean plain;

  /** The hash of the key that was read last. */
  public long hash() {
    return hash;
  }

  /** Whether the key that was read last is plain. */
  public boolean plain() {
    return plain;
  }

  /** Reads the key in {@code b[from, to)}. */
  public void read(byte[] b, int from, int to) {
    if (to - from < 8) {
      hash = Shards.hash(b, from, to);
      plain = isPlain(b, from, to);
    } else {
      readWords(b, from, to);
    }
  }

  /** The walk of {@link Bytes#hash}, which meets every byte. */
  private void readWords(byte[] b, int from, int to) {
    long secret = Bytes.secret(Shards.SEED);
    long h = Bytes.hashBegun(Shards.SEED, to - from);
    long all = HIGHS;
    int at = from;
    for (; at <= to - 16; at += 16) {
      long first = Bytes.word(b, at);
      long second = Bytes.word(b, at + 8);
      h = Bytes.hashOn(h, first, second, secret);
      all &= plain(first) & plain(second);
    }
    long first = 0;
    if (at <= to - 8) {
      first = Bytes.word(b, at);
      all &= plain(first);
      at += 8;
    }
    long rest = 0;
    if (at < to) {
      rest = Bytes.word(b, to - 8);
      all &= plain(rest);
    }
    hash = Bytes.hashDone(Bytes.hashOn(h, first, rest, secret), secret);
    plain = all == HIGHS;
  }

  private static boolean isPlain(byte[] b, int from, int to) {
    long behind = 'a' * ONES << (to - from) * 8;
    return plain(Bytes.fewerThanWord(b, from, to) | behind) == HIGHS;
  }

  /** The high bit of each byte that is a letter, a digit or one of {@code _ - .}. */
  private static long plain(long word) {
    long x = word & ~HIGHS;
    long lower = x | 0x20 * ONES;
    long letter = Bytes.atLeast(lower, 'a') & ~Bytes.atLeast(lower, 'z' + 1);
    long minusToNine = Bytes.atLeast(x, '-') & ~Bytes.atLeast(x, '9' + 1) & ~Bytes.are(x, '/');
    return (letter | minusToNine | Bytes.are(x, '_')) & ~word & HIGHS;
  }
}
