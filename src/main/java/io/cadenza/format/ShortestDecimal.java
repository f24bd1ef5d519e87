package io.cadenza.format;

import java.math.BigInteger;

/**
 * The decimal of fewest digits that is read back as the same double, and of those the nearest to
 * it. Any thread; allocates nothing.
 *
 * <p>Raffaello Giulietti's Schubfach: a double stands for all numbers of an interval around it. In
 * the largest power of ten that is no longer than that, at most two whole numbers are in the
 * interval, and in the next larger power at most one. The interval's ends are multiplied by the
 * power, of which so many bits are known that they come out right but for a last bit, which says
 * whether anything is behind.
 */
final class ShortestDecimal {
  private static final int FRACTION_BITS = 52;
  private static final long HIDDEN = 1L << FRACTION_BITS;
  private static final int EXPONENTS = 0x7ff;
  private static final int LEAST_EXPONENT = -1074;
  private static final long LOW_63 = Long.MAX_VALUE;

  /** Ten to the power of minus these is in {@link #POWERS}. */
  private static final int LEAST_POWER = -324;

  private static final int MOST_POWER = 292;
  private static final int POWER_BITS = 126;

  /** Of each power the upper and the lower 63 bits, rounded up. */
  private static final long[] POWERS = powers();

  private ShortestDecimal() {}

  private static long[] powers() {
    long[] all = new long[2 * (MOST_POWER - LEAST_POWER + 1)];
    for (int k = LEAST_POWER; k <= MOST_POWER; k++) {
      BigInteger power = power(-k);
      int at = 2 * (k - LEAST_POWER);
      all[at] = power.shiftRight(63).longValueExact();
      all[at + 1] = power.longValue() & LOW_63;
    }
    return all;
  }

  /** The first bits of a power of ten, and one. */
  private static BigInteger power(int exponent) {
    int shift = floorLog2OfTenTo(exponent) - POWER_BITS + 1;
    BigInteger ten = BigInteger.TEN.pow(Math.abs(exponent));
    BigInteger bits;
    if (exponent >= 0) {
      bits = shift >= 0 ? ten.shiftRight(shift) : ten.shiftLeft(-shift);
    } else {
      bits = BigInteger.ONE.shiftLeft(-shift).divide(ten);
    }
    return bits.add(BigInteger.ONE);
  }

  private static int floorLog2OfTenTo(int exponent) {
    return (int) (exponent * 913_124_641_741L >> 38);
  }

  private static int floorLog10OfTwoTo(int exponent) {
    return (int) (exponent * 661_971_961_083L >> 41);
  }

  private static int floorLog10OfThreeQuartersOfTwoTo(int exponent) {
    return (int) (exponent * 661_971_961_083L - 274_743_187_321L >> 41);
  }

  /**
   * Writes a finite number above 0 as JavaScript does; answers where its text ends.
   *
   * @param into with room for {@link DoubleText#LONGEST} bytes
   */
  static int write(double number, byte[] into, int at) {
    long bits = Double.doubleToRawLongBits(number);
    int exponent = (int) (bits >>> FRACTION_BITS) & EXPONENTS;
    long fraction = bits & HIDDEN - 1;
    long size = exponent == 0 ? fraction : fraction | HIDDEN;
    int power = LEAST_EXPONENT + Math.max(0, exponent - 1);
    boolean closerBelow = fraction == 0 && exponent > 1;
    int k = closerBelow ? floorLog10OfThreeQuartersOfTwoTo(power) : floorLog10OfTwoTo(power);
    long digits = digits(size, power, k, closerBelow);
    while (digits % 10 == 0) {
      digits /= 10;
      k++;
    }
    return placed(digits, k, into, at);
  }

  /** So many times ten to the power of k is the shortest, but for zeros at its end. */
  private static long digits(long size, int power, int k, boolean closerBelow) {
    int shift = power + floorLog2OfTenTo(-k) + 2;
    long upper = POWERS[2 * (k - LEAST_POWER)];
    long lower = POWERS[2 * (k - LEAST_POWER) + 1];
    long quarters = size << 2;
    // Ends of the interval belong to it when the size is even: what is read is rounded to even.
    long odd = size & 1;
    long value = times(upper, lower, quarters << shift);
    long from = times(upper, lower, quarters - (closerBelow ? 1 : 2) << shift) + odd;
    long to = times(upper, lower, quarters + 2 << shift) - odd;
    long below = value >> 2;
    long tensBelow = below - below % 10;
    boolean tenBelowFits = below >= 10 && from <= tensBelow << 2;
    boolean tenAboveFits = below >= 10 && tensBelow + 10 << 2 <= to;
    if (tenBelowFits != tenAboveFits) {
      return tenBelowFits ? tensBelow : tensBelow + 10;
    }
    boolean belowFits = from <= below << 2;
    boolean aboveFits = below + 1 << 2 <= to;
    if (belowFits != aboveFits) {
      return belowFits ? below : below + 1;
    }
    long nearer = value - (below + below + 1 << 1);
    return nearer < 0 || nearer == 0 && (below & 1) == 0 ? below : below + 1;
  }

  /** The whole part of a product with a power, and a last bit that is set when there is a rest. */
  private static long times(long upper, long lower, long factor) {
    long carried = Math.multiplyHigh(lower, factor);
    long low = (upper * factor >>> 1) + carried;
    long high = Math.multiplyHigh(upper, factor) + (low >>> 63);
    return high | (low & LOW_63) + LOW_63 >>> 63;
  }

  /** ECMAScript's Number::toString, steps 6 to 10. */
  private static int placed(long digits, int power, byte[] into, int at) {
    int count = DoubleText.digits(digits);
    int point = count + power; // digits before the decimal point
    if (point > 21 || point <= -6) {
      return scientific(digits, count, point - 1, into, at);
    }
    if (point <= 0) {
      into[at] = '0';
      into[at + 1] = '.';
      int end = zeros(-point, into, at + 2);
      return DoubleText.write(digits, into, end);
    }
    int end = DoubleText.write(digits, into, at);
    return count <= point ? zeros(point - count, into, end) : dotted(into, at + point, end);
  }

  private static int scientific(long digits, int count, int exponent, byte[] into, int at) {
    int end = DoubleText.write(digits, into, at);
    if (count > 1) {
      end = dotted(into, at + 1, end);
    }
    into[end] = 'e';
    into[end + 1] = (byte) (exponent < 0 ? '-' : '+');
    return DoubleText.write(Math.abs(exponent), into, end + 2);
  }

  /** Puts a dot in; answers where the text ends then. */
  private static int dotted(byte[] text, int dot, int end) {
    System.arraycopy(text, dot, text, dot + 1, end - dot);
    text[dot] = '.';
    return end + 1;
  }

  private static int zeros(int count, byte[] into, int at) {
    for (int i = 0; i < count; i++) {
      into[at + i] = '0';
    }
    return at + count;
  }
}
