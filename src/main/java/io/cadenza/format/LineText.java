package io.cadenza.format;

import io.cadenza.line.Bytes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * One graphite line being put together from decoded items: reused, for one thread at a time. What
 * could end the line early, or add fields to it, is refused.
 */
final class LineText {
  /** More than any line may have, before the listener's own limit is asked. */
  static final int LONGEST = 64 * 1024;

  private static final double EXACT = 1L << 53;
  private static final int DECIMALS = 16;
  private static final double[] TENS = new double[DECIMALS + 1];

  static {
    TENS[0] = 1;
    for (int i = 1; i <= DECIMALS; i++) {
      TENS[i] = TENS[i - 1] * 10;
    }
  }

  private final byte[] digits = new byte[20];
  private byte[] bytes = new byte[256];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void add(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
  }

  void add(byte[] from, int start, int end) {
    room(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  /** Adds ASCII. */
  void add(String ascii) {
    room(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  /** Adds the text as UTF-8; false, with part of it added, when it holds half a surrogate pair. */
  boolean addText(CharSequence text) {
    room(3 * text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else if (Character.isSurrogate(c)) {
        int point = Character.codePointAt(text, i++);
        if (!Character.isSupplementaryCodePoint(point)) {
          return false;
        }
        multibyte(point);
      } else {
        multibyte(c);
      }
    }
    return true;
  }

  private void multibyte(int point) {
    if (point < 0x800) {
      bytes[length++] = (byte) (0xc0 | point >> 6);
    } else if (point < 0x10000) {
      bytes[length++] = (byte) (0xe0 | point >> 12);
      bytes[length++] = (byte) (0x80 | point >> 6 & 0x3f);
    } else {
      bytes[length++] = (byte) (0xf0 | point >> 18);
      bytes[length++] = (byte) (0x80 | point >> 12 & 0x3f);
      bytes[length++] = (byte) (0x80 | point >> 6 & 0x3f);
    }
    bytes[length++] = (byte) (0x80 | point & 0x3f);
  }

  /** Whether what was added from {@code from} on can be one word of a line: not empty, no blank. */
  boolean isWord(int from) {
    return length > from
        && Bytes.indexOf(bytes, from, length, (byte) ' ') < 0
        && KeyText.characters(bytes, from, length) == null;
  }

  /** Whether what was added from {@code from} on is a finite number. */
  boolean endsWithNumber(int from) {
    return NumberText.check(bytes, from, length) == 0;
  }

  /**
   * Whether what was added from {@code from} on is a time. One with a sign or exponent, which a
   * line may not have, is put in whole seconds.
   */
  boolean endsWithTime(int from) {
    if (NumberText.checkTime(bytes, from, length) == 0) {
      return true;
    }
    if (!endsWithNumber(from)) {
      return false;
    }
    double seconds = NumberText.value(bytes, from, length);
    length = from;
    add((long) seconds);
    return seconds >= 0 && seconds < 4294967296.0;
  }

  void add(long number) {
    if (number < 0) {
      add('-');
    }
    int at = digits.length;
    long rest = number;
    do {
      digits[--at] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    add(digits, at, digits.length);
  }

  /**
   * Adds a finite number with as few digits as read back as the same double: {@code 1}, not {@code
   * 1.0}; with an exponent ({@code 1e+300} as {@code 1e300}) only where Java writes one.
   */
  void add(double number) {
    double magnitude = Math.abs(number);
    if (number == Math.rint(number) && magnitude < EXACT) {
      add((long) number);
    } else if (magnitude < 1e-3 || magnitude >= EXACT || !addDecimals(number)) {
      add(shortest(number));
    }
  }

  /**
   * A quotient of two whole numbers that doubles hold exactly is rounded as reading the decimal
   * would be: so the first power of ten that gives the number back needs the fewest digits.
   */
  private boolean addDecimals(double number) {
    double magnitude = Math.abs(number);
    for (int scale = 1; scale <= DECIMALS; scale++) {
      double scaled = Math.rint(magnitude * TENS[scale]);
      if (scaled >= EXACT) {
        return false;
      }
      if (scaled / TENS[scale] == magnitude) {
        addFraction(number < 0, (long) scaled, scale);
        return true;
      }
    }
    return false;
  }

  private void addFraction(boolean negative, long scaled, int scale) {
    if (negative) {
      add('-');
    }
    long unit = (long) TENS[scale];
    add(scaled / unit);
    add('.');
    long rest = scaled % unit;
    for (long digit = unit / 10; digit > 0; digit /= 10) {
      add((char) ('0' + rest / digit % 10));
    }
  }

  /** Java's own text, of which JDK 17 writes now and then a digit too many. */
  private static String shortest(double number) {
    String text = Double.toString(number);
    BigDecimal exact = new BigDecimal(number);
    for (int digits = new BigDecimal(text).stripTrailingZeros().precision() - 1;
        digits > 0;
        digits--) {
      double rounded = exact.round(new MathContext(digits)).doubleValue();
      if (rounded != number) {
        break;
      }
      text = exact.round(new MathContext(digits)).toString();
    }
    return text.replace(".0E", "E").replace("E+", "E").replace('E', 'e');
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
