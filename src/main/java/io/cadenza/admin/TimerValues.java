package io.cadenza.admin;

import java.util.Arrays;

/**
 * The values of one timer, as far as they are shown: there may be very many.
 *
 * @param first the first ones, {@link #SHOWN} at most; nobody writes to it any more
 * @param count how many there are in all
 */
public record TimerValues(double[] first, long count) {
  /** So many values of a timer are shown, and of the rest how many there are: as by node. */
  public static final int SHOWN = 100;

  /** The first of them are copied. */
  public static TimerValues of(double... values) {
    return of(values, values.length, values.length);
  }

  /**
   * The same of an array that may have room behind them.
   *
   * @param kept how many of the array count
   * @param count how many there were, kept or not
   */
  public static TimerValues of(double[] values, int kept, long count) {
    return new TimerValues(Arrays.copyOf(values, Math.min(kept, SHOWN)), Math.max(kept, count));
  }

  /** These, and the others behind them. */
  TimerValues and(TimerValues others) {
    int room = Math.min(SHOWN - first.length, others.first.length);
    double[] all = Arrays.copyOf(first, first.length + room);
    System.arraycopy(others.first, 0, all, first.length, room);
    return new TimerValues(all, count + others.count);
  }
}
