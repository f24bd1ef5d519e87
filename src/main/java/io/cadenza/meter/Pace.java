package io.cadenza.meter;

import java.time.InstantSource;

/**
 * Keeps what may happen often from filling the log: the first time is told, then at most once a
 * period, with how often it was. One thread's.
 */
public final class Pace {
  private static final long PERIOD_MILLIS = 10_000;

  private final InstantSource clock;
  private boolean begun;
  private long toldAt;
  private long since;

  /**
   * @param clock a steady one
   */
  public Pace(InstantSource clock) {
    this.clock = clock;
  }

  /** It happened once more: how often since it was told last, if it is to be told now; else 0. */
  public long happened() {
    since++;
    long now = clock.millis();
    if (begun && now - toldAt < PERIOD_MILLIS) {
      return 0;
    }
    begun = true;
    toldAt = now;
    long times = since;
    since = 0;
    return times;
  }
}
