package io.cadenza.store;

import java.util.Arrays;

/**
 * Points of one series that were read: one for each step, without a gap. Belongs to who asked.
 *
 * <p>Value {@code i} is that of the interval that begins at {@code start + i * step}; NaN where
 * there is none.
 */
public final class Fetched {
  /**
   * All figures of the intervals, each as long as the values, NaN where there is none.
   *
   * @param count 0 where there is none
   */
  public record Columns(
      double[] min, double[] max, double[] sum, double[] first, double[] last, double[] count) {
    /** Room for so many intervals, with nothing in them. */
    public static Columns of(int size) {
      return new Columns(
          nothing(size),
          nothing(size),
          nothing(size),
          nothing(size),
          nothing(size),
          new double[size]);
    }
  }

  private final long start;
  private final int step;
  private final Aggregate aggregate;
  private final double[] values;
  private final Columns columns;

  /**
   * @param start where the first interval begins, a multiple of the step
   * @param aggregate what the values are of their intervals
   * @param columns null where only values were wanted, or the store has no more
   */
  public Fetched(long start, int step, Aggregate aggregate, double[] values, Columns columns) {
    this.start = start;
    this.step = step;
    this.aggregate = aggregate;
    this.values = values;
    this.columns = columns;
  }

  /** So many intervals of nothing. */
  public static double[] nothing(int size) {
    double[] values = new double[size];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /**
   * Where the first interval begins that is asked for with {@code from}, or the last with {@code
   * until}: whisper's rule, by which {@code from} is exclusive and {@code until} inclusive.
   */
  public static long intervalOf(long time, int step) {
    return time - Math.floorMod(time, (long) step) + step;
  }

  public long start() {
    return start;
  }

  /** Behind the last interval. */
  public long end() {
    return start + (long) step * values.length;
  }

  public int step() {
    return step;
  }

  public Aggregate aggregate() {
    return aggregate;
  }

  /** Not copied: points that are not written yet are put into it. */
  public double[] values() {
    return values;
  }

  /** All figures; null where there are only values. */
  public Columns columns() {
    return columns;
  }
}
