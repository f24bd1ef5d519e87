package io.cadenza.accumulate;

import java.time.Duration;

/**
 * When flushes are due: where the time of day is a multiple of the interval, or counted from the
 * start. Plain Java; one thread's.
 *
 * <p>Each tick is stamped with the moment it was planned for, so that stamps do not drift with
 * timers that fire late. When the time of day has jumped, the next tick is planned anew from what
 * it is now: a flush interval is never waited for longer than once. How many intervals a flush
 * covers is told by a clock that does not jump.
 */
public final class Ticks {
  private final long interval;
  private final long phase;
  private long planned;
  private long lastSteady;

  /**
   * @param randomStart whether intervals count from {@code nowMillis}, and not from 1970
   * @param nowMillis the time of day
   * @param steadyMillis a time that does not jump
   */
  public Ticks(Duration interval, boolean randomStart, long nowMillis, long steadyMillis) {
    this.interval = interval.toMillis();
    this.phase = randomStart ? Math.floorMod(nowMillis, this.interval) : 0;
    plan(nowMillis);
    this.lastSteady = steadyMillis;
  }

  private void plan(long nowMillis) {
    planned = Math.floorDiv(nowMillis - phase, interval) * interval + interval + phase;
  }

  /** How long until the next one, in milliseconds, at least 1. */
  public long delay(long nowMillis) {
    if (planned - nowMillis > interval) {
      plan(nowMillis); // The time of day was set back.
    }
    return Math.max(1, planned - nowMillis);
  }

  /**
   * The tick that is due; null when it is too early yet.
   *
   * @param nowMillis the time of day
   * @param steadyMillis a time that does not jump
   */
  public Tick due(long nowMillis, long steadyMillis) {
    if (nowMillis < planned && planned - nowMillis <= interval) {
      return null;
    }
    long stamp = planned;
    if (nowMillis < planned || nowMillis - planned >= interval) {
      // Set back, or forward, or a long pause: the last dot that has passed.
      stamp = Math.floorDiv(nowMillis - phase, interval) * interval + phase;
    }
    long intervals = Math.max(1, Math.round((steadyMillis - lastSteady) / (double) interval));
    lastSteady = steadyMillis;
    plan(nowMillis);
    return new Tick(stamp, (int) Math.min(intervals, Integer.MAX_VALUE), nowMillis, false);
  }

  /** The tick with which all ends, stamped with the moment that the next one was planned for. */
  public Tick last(long nowMillis) {
    delay(nowMillis);
    return new Tick(planned, 1, nowMillis, true);
  }
}
