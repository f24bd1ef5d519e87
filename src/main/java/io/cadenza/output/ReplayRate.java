package io.cadenza.output;

/**
 * How many lines may be read back in a time: what is not used adds up for a second at most. One
 * thread.
 */
final class ReplayRate {
  private static final double MILLIS = 1000;

  /** Until lines have gone that tell better. */
  private static final double USUAL_LINE = 64;

  private final double rate;
  private double left;
  private double lineBytes = USUAL_LINE;
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

  /** The same in bytes, as lines were long that went before; at least 1 while any may go. */
  int bytesLeft(long now, int most) {
    long lines = left(now);
    return lines <= 0 ? 0 : (int) Math.max(1, Math.min(most, lines * lineBytes));
  }

  /** So many have gone, and were so long. */
  void gone(long lines, long bytes) {
    left -= lines;
    if (lines > 0) {
      lineBytes = (double) bytes / lines;
    }
  }
}
