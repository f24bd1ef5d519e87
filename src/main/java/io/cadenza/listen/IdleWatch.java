package io.cadenza.listen;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Tells how long something has been quiet, roughly, without a look at the clock for each read: time
 * goes in quarters of the timeout. One event loop's.
 */
public final class IdleWatch {
  private static final int PARTS = 4;

  private int now;

  /**
   * Starts, unless the timeout is zero.
   *
   * @param sweep called a few times within the timeout, to look for what has been quiet too long
   */
  public void start(Vertx vertx, Duration timeout, Runnable sweep) {
    if (timeout.isZero()) {
      return;
    }
    vertx.setPeriodic(
        Math.max(1, timeout.toMillis() / PARTS),
        tick -> {
          now++;
          sweep.run();
        });
  }

  /** The time now, to be kept by whatever is active now. */
  public int now() {
    return now;
  }

  /** Whether the timeout has passed since then. */
  public boolean over(int since) {
    return now - since > PARTS;
  }
}
