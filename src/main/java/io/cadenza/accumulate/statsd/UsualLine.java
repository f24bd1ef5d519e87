package io.cadenza.accumulate.statsd;

import io.cadenza.format.Digits;
import io.cadenza.line.Bytes;
import java.util.Arrays;

/**
 * Reads what stands behind the key of nearly every line, {@code 12.5|ms|@0.1|#tags}, in one go.
 * What it does not know is left to {@link Segment}, which knows all. One thread; keeps the last one
 * read; allocates nothing.
 */
final class UsualLine {
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };
  private static final int MOST_DIGITS = 15;

  // What each type is, by its first letter: looked up, as a branch would be guessed wrong often.
  private static final byte UNKNOWN = -1;
  private static final byte[] KINDS = new byte[256];
  private static final byte[] SIZES = new byte[256];
  private static final byte[] LAST_LETTERS = new byte[256];

  static {
    Arrays.fill(KINDS, UNKNOWN);
    type("c", SeriesKind.COUNTER);
    type("g", SeriesKind.GAUGE);
    type("s", SeriesKind.SET);
    type("h", SeriesKind.TIMER);
    type("d", SeriesKind.TIMER);
    type("ms", SeriesKind.TIMER);
  }

  private static void type(String text, SeriesKind kind) {
    int first = text.charAt(0);
    KINDS[first] = kind.code();
    SIZES[first] = (byte) text.length();
    LAST_LETTERS[first] = (byte) text.charAt(text.length() - 1);
  }

  /** What the samples are for, as {@link SeriesKind#code}: to note an object is not free. */
  byte kind;

  double value;

  /** What one sample stands for: one by the rate. */
  double scale;

  /** Where the text of the value ends. */
  int valueTo;

  int tagsFrom;
  int tagsTo;

  /** Reads what is there; false when the line is not a usual one, or not right. */
  boolean read(byte[] b, int from, int end) {
    int at = decimal(b, from, end);
    if (at < 0 || at + 1 >= end || b[at] != '|') {
      return false;
    }
    valueTo = at;
    at = type(b, at + 1, end);
    scale = 1;
    tagsFrom = 0;
    tagsTo = 0;
    return at == end || at > 0 && fields(b, at, end);
  }

  /** Reads digits with at most one dot; answers where they end, or -1. */
  private int decimal(byte[] b, int from, int end) {
    if (from + 8 <= b.length) {
      long word = Bytes.word(b, from);
      int digits = Digits.count(word);
      if (digits > 0 && digits < 8 && b[from + digits] == '|' && from + digits < end) {
        value = Digits.value(word, digits);
        return from + digits;
      }
    }
    return anyDecimal(b, from, end);
  }

  private int anyDecimal(byte[] b, int from, int end) {
    long digits = 0;
    int at = from;
    int dot = -1;
    for (; at < end; at++) {
      int digit = b[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
      } else if (b[at] == '.' && dot < 0) {
        dot = at;
      } else {
        break;
      }
    }
    int count = at - from - (dot < 0 ? 0 : 1);
    if (count < 1 || count > MOST_DIGITS) {
      return -1;
    }
    value = dot < 0 ? digits : digits / TENS[at - dot - 1];
    return at;
  }

  private int type(byte[] b, int at, int end) {
    int first = b[at] & 0xff;
    int to = at + SIZES[first];
    kind = KINDS[first];
    return kind == UNKNOWN || to > end || b[to - 1] != LAST_LETTERS[first] ? -1 : to;
  }

  private boolean fields(byte[] b, int from, int end) {
    int at = from;
    if (at + 2 < end && b[at] == '|' && b[at + 1] == '@') {
      double sample = value;
      at = decimal(b, at + 2, end);
      scale = 1 / value;
      value = sample;
      if (at < 0 || Double.isInfinite(scale)) {
        return false;
      }
    }
    return at == end || tags(b, at, end);
  }

  private boolean tags(byte[] b, int at, int end) {
    if (at + 2 >= end || b[at] != '|' || b[at + 1] != '#') {
      return false;
    }
    tagsFrom = at + 2;
    tagsTo = end;
    return Bytes.indexOf(b, tagsFrom, end, (byte) '|') < 0;
  }
}
