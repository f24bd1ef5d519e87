package io.cadenza.bus;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: twice as long each time, with up to a quarter more. One
 * thread.
 */
public final class BackOff {
  private final long min;
  private final long max;
  private long next;

  public BackOff(Duration min, Duration max) {
    this.min = min.toMillis();
    this.max = max.toMillis();
    this.next = this.min;
  }

  /** The wait in milliseconds, which makes the one after it longer. */
  public long next() {
    long now = next;
    next = Math.min(next * 2, max);
    return now + ThreadLocalRandom.current().nextLong(now / 4 + 1);
  }

  /** All is well: the next wait is short again. */
  public void reset() {
    next = min;
  }
}
