package io.cadenza.writer.whisper;

import java.time.InstantSource;

/**
 * So many in a time, and at once when there were none for that long: carbon's own bound of updates
 * and creates. One thread.
 */
final class TokenBucket {
  /** For as many as come. */
  static final int UNLIMITED = 0;

  private final int most;
  private final double perMilli;
  private final InstantSource clock;
  private double tokens;
  private long filledAt;

  /**
   * @param most in that time, and at once; {@link #UNLIMITED} for all
   * @param millis the time
   * @param clock a steady one
   */
  TokenBucket(int most, long millis, InstantSource clock) {
    this.most = most;
    this.perMilli = (double) most / millis;
    this.clock = clock;
    this.tokens = most;
    this.filledAt = clock.millis();
  }

  /** Whether there is one more; asking takes none. */
  boolean has() {
    if (most == UNLIMITED || tokens >= 1) {
      return true;
    }
    long now = clock.millis();
    tokens = Math.min(most, tokens + (now - filledAt) * perMilli);
    filledAt = now;
    return tokens >= 1;
  }

  /** Takes one of those that {@link #has} told of. */
  void take() {
    tokens--;
  }
}
