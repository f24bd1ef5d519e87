package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.line.Invalid;
import java.math.BigInteger;
import java.util.Arrays;

/** Numbers and strings as pickles of protocol 0 write them: as text. Answers null for bad text. */
final class PickleText {
  /** As Python: longer numbers take too long to read. */
  private static final int MOST_DIGITS = 4300;

  private static final String ESCAPES = "\\\\''\"\"a\u0007b\bf\fn\nr\rt\tv\u000b";

  private PickleText() {}

  /** Text, or bytes where they are not UTF-8. */
  static Object text(byte[] b, int from, int to) {
    return KeyText.utf8(b, from, to)
        ? new String(b, from, to - from, UTF_8)
        : Arrays.copyOfRange(b, from, to);
  }

  static Object narrow(BigInteger number) {
    return number.bitLength() < 64 ? (Object) number.longValue() : number;
  }

  /** {@code I12}, {@code I00} and {@code I01} for the truth values, {@code L12L}. */
  static Object integer(int opcode, byte[] b, int from, int to) {
    if (opcode == 'I' && to - from == 2 && b[from] == '0' && (b[from + 1] | 1) == '1') {
      return b[from + 1] == '1';
    }
    int end = opcode == 'L' && to > from && b[to - 1] == 'L' ? to - 1 : to;
    int digits = from < end && b[from] == '-' ? from + 1 : from;
    if (digits == end
        || end - digits > MOST_DIGITS
        || NumberText.digitsEnd(b, digits, end) != end) {
      return null;
    }
    return narrow(new BigInteger(new String(b, from, end - from, ISO_8859_1)));
  }

  static Double real(byte[] b, int from, int to) {
    int code = NumberText.check(b, from, to);
    if (code == 0) {
      return NumberText.value(b, from, to);
    }
    if (code == Invalid.NAN.code()) {
      return Double.NaN;
    }
    boolean infinite = code == Invalid.INFINITE.code();
    return !infinite ? null : b[from] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** A string of Python 2 in quotes, with backslash escapes. */
  static Object quoted(byte[] b, int from, int to) {
    if (to - from < 2 || b[from] != b[to - 1] || b[from] != '\'' && b[from] != '"') {
      return null;
    }
    byte[] into = new byte[to - from];
    int length = 0;
    for (int at = from + 1; at < to - 1; ) {
      if (b[at] != '\\') {
        into[length++] = b[at++];
        continue;
      }
      int size = escape(b, at, to - 1, into, length);
      if (size == 0) {
        return null;
      }
      length += size < 0 ? 2 : 1;
      at += Math.abs(size);
    }
    return text(into, 0, length);
  }

  /** How long the escape is: negative, both bytes kept, if unknown; 0 if cut off. */
  private static int escape(byte[] b, int at, int end, byte[] into, int length) {
    if (at + 1 == end) {
      return 0;
    }
    int c = b[at + 1];
    if (c == 'x') {
      int value = at + 4 <= end ? number(b, at + 2, at + 4, 16) : -1;
      into[length] = (byte) value;
      return value < 0 ? 0 : 4;
    }
    if (c >= '0' && c <= '7') {
      int to = at + 2;
      while (to < end && to < at + 4 && b[to] >= '0' && b[to] <= '7') {
        to++;
      }
      into[length] = (byte) number(b, at + 1, to, 8);
      return to - at;
    }
    return simpleEscape(b, at, into, length);
  }

  private static int simpleEscape(byte[] b, int at, byte[] into, int length) {
    for (int i = 0; i < ESCAPES.length(); i += 2) {
      if (b[at + 1] == ESCAPES.charAt(i)) {
        into[length] = (byte) ESCAPES.charAt(i + 1);
        return 2;
      }
    }
    into[length] = b[at];
    into[length + 1] = b[at + 1];
    return -2;
  }

  /** Python's raw-unicode-escape: Latin-1 with four or eight hexadecimal digits for the rest. */
  static String escaped(byte[] b, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int at = from; at < to; at++) {
      text.append((char) (b[at] & 0xff));
      if (b[at] != '\\' || at + 1 == to) {
        continue;
      }
      int digits = b[at + 1] == 'u' ? 4 : b[at + 1] == 'U' ? 8 : 0;
      if (digits == 0) {
        text.append((char) (b[++at] & 0xff));
        continue;
      }
      int point = at + 2 + digits <= to ? number(b, at + 2, at + 2 + digits, 16) : -1;
      if (point < 0 || point > Character.MAX_CODE_POINT) {
        return null;
      }
      text.setLength(text.length() - 1);
      text.appendCodePoint(point);
      at += 1 + digits;
    }
    return text.toString();
  }

  /** The number, or -1 for other text or one that is too large. */
  private static int number(byte[] b, int from, int to, int radix) {
    int number = 0;
    for (int at = from; at < to; at++) {
      int digit = Character.digit(b[at], radix);
      if (digit < 0 || number > Integer.MAX_VALUE / 16 - 1) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number;
  }
}
