package io.cadenza.format;

import io.cadenza.line.Bytes;
import io.cadenza.line.Shards;

/**
 * Names of statsd metrics as node statsd cleans them: runs of whitespace become {@code _}, a slash
 * becomes {@code -}, and what is none of letters, digits and {@code _ - . ; =} goes. Any thread.
 */
public final class StatsdName {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final int USUAL_LENGTH = 4096;
  private static final byte GONE = 0;
  private static final byte BLANK = 1;

  /** Where a name is cleaned only to be hashed. */
  private static final ThreadLocal<byte[]> SCRATCH =
      ThreadLocal.withInitial(() -> new byte[USUAL_LENGTH]);

  /** What each byte becomes: itself, another, or one of the two above. */
  private static final byte[] BECOMES = new byte[256];

  static {
    for (int b = 0; b < 128; b++) {
      boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
      BECOMES[b] = letter || "_-.;=".indexOf(b) >= 0 ? (byte) b : GONE;
    }
    BECOMES['/'] = '-';
    for (int b : new int[] {' ', '\t', '\n', '\r', '\f', 0x0b}) {
      BECOMES[b] = BLANK;
    }
  }

  private StatsdName() {}

  /** Whether {@link #clean} would leave it as it is. */
  public static boolean isClean(byte[] b, int from, int to) {
    int at = from;
    for (; at <= to - 8; at += 8) {
      if (others(Bytes.word(b, at)) != 0) {
        return false;
      }
    }
    if (at < to && to - from >= 8) {
      // The last eight bytes, some of which were looked at already: no loop for the odd ones.
      return others(Bytes.word(b, to - 8)) == 0;
    }
    for (; at < to; at++) {
      if (BECOMES[b[at] & 0xff] != b[at] || b[at] == BLANK || b[at] == GONE) {
        return false;
      }
    }
    return true;
  }

  /** The high bit of each byte that a clean name does not have. */
  private static long others(long word) {
    long x = word & ~HIGHS;
    long lower = x | 0x20 * ONES;
    long letter = Bytes.atLeast(lower, 'a') & ~Bytes.atLeast(lower, 'z' + 1);
    long digit = Bytes.atLeast(x, '0') & ~Bytes.atLeast(x, '9' + 1);
    long minusOrDot = Bytes.atLeast(x, '-') & ~Bytes.atLeast(x, '.' + 1);
    long sign = Bytes.are(x, '_') | Bytes.are(x, ';') | Bytes.are(x, '=');
    return (~(letter | digit | minusOrDot | sign) | word) & HIGHS;
  }

  /** Writes the clean name to {@code into}, no longer than what it was; answers where it ends. */
  public static int clean(byte[] b, int from, int to, byte[] into, int at) {
    int end = at;
    boolean inBlanks = false;
    for (int i = from; i < to; i++) {
      byte becomes = BECOMES[b[i] & 0xff];
      boolean blank = becomes == BLANK || unicodeBlank(b, i, to) > 0;
      if (blank) {
        i += Math.max(0, unicodeBlank(b, i, to) - 1);
        if (!inBlanks) {
          into[end++] = '_';
        }
      } else if (becomes != GONE) {
        into[end++] = becomes;
      }
      inBlanks = blank;
    }
    return end;
  }

  /** How many bytes of UTF-8 a character has that JavaScript counts as whitespace beyond ASCII. */
  private static int unicodeBlank(byte[] b, int at, int to) {
    if (b[at] >= 0) {
      return 0;
    }
    if (at + 1 < to && b[at] == (byte) 0xc2 && b[at + 1] == (byte) 0xa0) {
      return 2;
    }
    if (at + 2 >= to) {
      return 0;
    }
    int three = (b[at] & 0xff) << 16 | (b[at + 1] & 0xff) << 8 | b[at + 2] & 0xff;
    boolean blank =
        three == 0xe19a80
            || three >= 0xe28080 && three <= 0xe2808a
            || three == 0xe280a8
            || three == 0xe280a9
            || three == 0xe280af
            || three == 0xe2819f
            || three == 0xe38080
            || three == 0xefbbbf;
    return blank ? 3 : 0;
  }

  /** The shard of a line of statsd: of all that become one series, the same. */
  public static int shard(byte[] b, int from, int to, int shards) {
    return Shards.of(hash(b, from, to), shards);
  }

  /**
   * A hash of the clean name without its tags, the same for all that become one series.
   *
   * @param to where the key ends; the name ends at its first semicolon
   */
  public static long hash(byte[] b, int from, int to) {
    int end = Bytes.nameEnd(b, from, to);
    if (isClean(b, from, end)) {
      return Shards.hash(b, from, end);
    }
    byte[] name = end - from <= USUAL_LENGTH ? SCRATCH.get() : new byte[end - from];
    return Shards.hash(name, 0, clean(b, from, end, name, 0));
  }
}
