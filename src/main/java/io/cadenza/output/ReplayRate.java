package io.cadenza.output;

/**
 * How many lines may be read back in a time: what is not used adds up for a second at most. One
 * thread.
 */
final class ReplayRate {
  private static final double MILLIS = 1000;

  private final double rate;
  private double left;
  private long since;
  private boolean begun;

  /**
   * @param rate lines a second, 0 for as many as there are
   */
  ReplayRate(double rate) {
    this.rate = rate;
  }

  /** How many may go now; more than that may be {@link #gone}, and is missing later. */
  long left(long now) {
    if (rate == 0) {
      return Long.MAX_VALUE;
    }
    double passed = begun ? Math.max(0, now - since) / MILLIS : 0;
    begun = true;
    since = now;
    left = Math.min(rate, left + passed * rate);
    return (long) Math.floor(left);
  }

  /** So many have gone. */
  void gone(long lines) {
    left -= lines;
  }
}
