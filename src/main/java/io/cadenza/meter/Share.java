package io.cadenza.meter;

import java.util.concurrent.atomic.LongAdder;

/**
 * What one thread has of a figure that rises and falls and is told as the sum over threads: see
 * {@link Meters.Scope#share}. One thread's; others read the sum.
 */
public final class Share {
  private final LongAdder sum;
  private long own;

  Share(LongAdder sum) {
    this.sum = sum;
  }

  /** Says how much it is now; 0 before it is forgotten. */
  public void set(long now) {
    if (now != own) {
      sum.add(now - own);
      own = now;
    }
  }
}
