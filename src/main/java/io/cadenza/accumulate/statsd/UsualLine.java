package io.cadenza.accumulate.statsd;

import io.cadenza.line.Bytes;

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

  private static final byte COUNTER = SeriesKind.COUNTER.code();
  private static final byte GAUGE = SeriesKind.GAUGE.code();
  private static final byte TIMER = SeriesKind.TIMER.code();
  private static final byte SET = SeriesKind.SET.code();

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
    switch (b[at]) {
      case 'c' -> kind = COUNTER;
      case 'g' -> kind = GAUGE;
      case 's' -> kind = SET;
      case 'h', 'd' -> kind = TIMER;
      case 'm' -> {
        kind = TIMER;
        return at + 1 < end && b[at + 1] == 's' ? at + 2 : -1;
      }
      default -> {
        return -1;
      }
    }
    return at + 1;
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
