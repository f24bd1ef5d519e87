package io.cadenza.format;

/**
 * Numbers written as text, as JavaScript writes them and so node statsd: the shortest digits that
 * read back as the same number, {@code 0.1}, {@code 1e-7}, {@code 1e+21}, {@code NaN}, {@code
 * -Infinity}. Any thread. Allocates nothing for a finite number.
 */
public final class DoubleText {
  /** The longest text of a number, in bytes. */
  public static final int LONGEST = 32;

  /** Below this, a whole number and its thousandths are told apart exactly. */
  private static final double MOST_WHOLE = 1e15;

  private static final double MOST_SCALED = 1e12;

  /** The two digits of what is below a hundred. */
  private static final byte[] TENS = new byte[100];

  private static final byte[] UNITS = new byte[100];

  static {
    for (int i = 0; i < 100; i++) {
      TENS[i] = (byte) ('0' + i / 10);
      UNITS[i] = (byte) ('0' + i % 10);
    }
  }

  private DoubleText() {}

  /** Writes a whole number; answers where its text ends. */
  public static int write(long number, byte[] into, int at) {
    if (number < 0) {
      if (number == Long.MIN_VALUE) {
        return ascii(Long.toString(number), into, at);
      }
      into[at] = '-';
      return write(-number, into, at + 1);
    }
    int end = at + digits(number);
    int from = end;
    long rest = number;
    while (rest > Integer.MAX_VALUE) {
      long hundreds = rest / 100;
      from -= 2;
      pair((int) (rest - hundreds * 100), into, from);
      rest = hundreds;
    }
    int little = (int) rest; // Of these, two digits are parted in half of the time.
    while (little >= 10) {
      int hundreds = little / 100;
      from -= 2;
      pair(little - hundreds * 100, into, from);
      little = hundreds;
    }
    if (from > at) {
      into[at] = (byte) ('0' + little);
    }
    return end;
  }

  /** How many digits a whole number has that is not below 0. */
  static int digits(long number) {
    int digits = 1;
    for (long most = 10; most <= number && digits < 19; most *= 10) {
      digits++;
    }
    return digits;
  }

  private static void pair(int number, byte[] into, int at) {
    into[at] = TENS[number];
    into[at + 1] = UNITS[number];
  }

  /**
   * Writes a number; answers where its text ends.
   *
   * @param into with room for {@link #LONGEST} bytes
   */
  public static int write(double number, byte[] into, int at) {
    long whole = (long) number;
    if (whole == number && Math.abs(number) < MOST_WHOLE) {
      return write(whole, into, at);
    }
    double scaled = number * 1000;
    long thousandths = Math.round(scaled);
    if (Math.abs(number) < MOST_SCALED && thousandths / 1000.0 == number) {
      return decimal(thousandths, into, at);
    }
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return ascii(Double.toString(number), into, at);
    }
    if (number < 0) {
      into[at] = '-';
      return ShortestDecimal.write(-number, into, at + 1);
    }
    return ShortestDecimal.write(number, into, at);
  }

  /** A number that is so many thousandths, but not whole. Its text is the shortest there is. */
  private static int decimal(long thousandths, byte[] into, int at) {
    int from = at;
    if (thousandths < 0) {
      into[from++] = '-';
    }
    long size = Math.abs(thousandths);
    int end = write(size / 1000, into, from);
    int rest = (int) (size % 1000);
    into[end++] = '.';
    into[end++] = (byte) ('0' + rest / 100);
    if (rest % 100 != 0) {
      into[end++] = (byte) ('0' + rest / 10 % 10);
    }
    if (rest % 10 != 0) {
      into[end++] = (byte) ('0' + rest % 10);
    }
    return end;
  }

  private static int ascii(String text, byte[] into, int at) {
    for (int i = 0; i < text.length(); i++) {
      into[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }
}
