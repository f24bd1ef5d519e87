package io.cadenza.match;

/** What a regex may ask of a place between two bytes. {@code -1} stands for no byte: an end. */
enum Assertion {
  BEGIN_TEXT(false) {
    @Override
    boolean holds(int before, int after) {
      return before < 0;
    }
  },
  BEGIN_LINE(false, ByteSet.NEWLINE) {
    @Override
    boolean holds(int before, int after) {
      return before < 0 || before == '\n';
    }
  },
  END_TEXT(true) {
    @Override
    boolean holds(int before, int after) {
      return after < 0;
    }
  },
  END_LINE(true, ByteSet.NEWLINE) {
    @Override
    boolean holds(int before, int after) {
      return after < 0 || after == '\n';
    }
  },
  WORD_EDGE(true, ByteSet.WORD) {
    @Override
    boolean holds(int before, int after) {
      return word(before) != word(after);
    }
  },
  /** No word's edge; and no place inside a character of several bytes, which is no place at all. */
  NO_WORD_EDGE(true, ByteSet.WORD, ByteSet.CONTINUATION) {
    @Override
    boolean holds(int before, int after) {
      return word(before) == word(after) && (after & 0xc0) != 0x80;
    }
  };

  static final Assertion[] ALL = values();

  /** Whether the byte after the place must be known. */
  final boolean looksAhead;

  /** The bytes that must not be in one class with others. */
  final ByteSet[] tellsApart;

  Assertion(boolean looksAhead, ByteSet... tellsApart) {
    this.looksAhead = looksAhead;
    this.tellsApart = tellsApart;
  }

  abstract boolean holds(int before, int after);

  static boolean word(int b) {
    return b >= 0 && CodePoints.WORD.contains(b);
  }
}
