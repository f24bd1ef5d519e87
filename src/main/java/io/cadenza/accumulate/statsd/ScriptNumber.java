package io.cadenza.accumulate.statsd;

import io.cadenza.format.NumberText;
import io.cadenza.line.Invalid;

/**
 * Numbers as JavaScript reads them from text, and so node statsd: decimal with blanks around,
 * hexadecimal, octal and binary; a text of blanks only is 0. Called for values that are not plain
 * digits. Allocates nothing, save for decimals of very many digits.
 */
final class ScriptNumber {
  private ScriptNumber() {}

  /** The number; NaN when the text is none, infinite when it says so or is too large. */
  static double value(byte[] b, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && blank(b[from])) {
      from++;
    }
    while (to > from && blank(b[to - 1])) {
      to--;
    }
    if (from == to) {
      return start < end ? 0 : Double.NaN;
    }
    int radix = radix(b, from, to);
    if (radix != 10) {
      return whole(b, from + 2, to, radix);
    }
    int code = NumberText.check(b, from, to);
    if (code == 0) {
      return NumberText.value(b, from, to);
    }
    return Invalid.of(code) == Invalid.INFINITE ? Double.POSITIVE_INFINITY : Double.NaN;
  }

  /** Why {@link #value} is none that can be taken. */
  static Invalid whyNot(byte[] b, int from, int to) {
    int code = NumberText.check(b, from, to);
    return code == 0 ? Invalid.VALUE : Invalid.of(code);
  }

  static boolean blank(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  private static int radix(byte[] b, int from, int to) {
    if (to - from < 3 || b[from] != '0') {
      return 10;
    }
    return switch (b[from + 1] | 0x20) {
      case 'x' -> 16;
      case 'o' -> 8;
      case 'b' -> 2;
      default -> 10;
    };
  }

  private static double whole(byte[] b, int from, int to, int radix) {
    double value = 0;
    for (int at = from; at < to; at++) {
      int digit = b[at] < 0 ? -1 : Character.digit(b[at], radix);
      if (digit < 0) {
        return Double.NaN;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
