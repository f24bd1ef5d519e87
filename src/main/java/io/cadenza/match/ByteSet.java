package io.cadenza.match;

/** An immutable set of byte values. */
record ByteSet(long a, long b, long c, long d) {
  static final ByteSet NONE = new ByteSet(0, 0, 0, 0);
  static final ByteSet ALL = range(0, 255);
  static final ByteSet NEWLINE = range('\n', '\n');
  static final ByteSet CONTINUATION = range(0x80, 0xbf);
  static final ByteSet BEYOND_ASCII = range(0x80, 0xff);
  static final ByteSet WORD = ascii(CodePoints.WORD);

  static ByteSet range(int first, int last) {
    long[] words = new long[4];
    for (int i = first; i <= last; i++) {
      words[i >> 6] |= 1L << i;
    }
    return new ByteSet(words[0], words[1], words[2], words[3]);
  }

  /** The 7-bit members of {@code set}. */
  static ByteSet ascii(CodePoints set) {
    ByteSet all = NONE;
    for (int i = 0; i < set.ranges() && set.first(i) < 0x80; i++) {
      all = all.or(range(set.first(i), Math.min(set.last(i), 0x7f)));
    }
    return all;
  }

  ByteSet or(ByteSet o) {
    return new ByteSet(a | o.a, b | o.b, c | o.c, d | o.d);
  }

  boolean contains(int value) {
    long word = value < 128 ? (value < 64 ? a : b) : (value < 192 ? c : d);
    return (word >>> value & 1) != 0;
  }
}
