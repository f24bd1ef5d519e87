package io.cadenza.meter;

import java.time.InstantSource;
import org.slf4j.event.Level;

/**
 * Notices that the wall clock jumps, by comparing it with a steady one: somebody set it, or the
 * machine slept. Asked once a second; a clock that is slowly led to the right time does not jump.
 * One thread's.
 */
public final class ClockWatch {
  private static final long JUMP_MILLIS = 1000;

  private final InstantSource wall;
  private final InstantSource steady;
  private final Events events;
  private final Tally jumps;
  private long ahead;

  /**
   * @param meters where {@code clock-jumps} of the process is counted
   */
  public ClockWatch(InstantSource wall, InstantSource steady, Meters meters, Events events) {
    this.wall = wall;
    this.steady = steady;
    this.events = events;
    jumps = meters.process().counter("clock-jumps", "Times that the wall clock jumped");
    ahead = difference();
  }

  /** Compares both clocks with how they stood the last time. */
  public void look() {
    long now = difference();
    long by = now - ahead;
    ahead = now;
    if (Math.abs(by) > JUMP_MILLIS) {
      jumps.increment();
      String text =
          "the wall clock jumped by %d.%03d s %s; timeouts and waits go by a clock that does not"
              .formatted(Math.abs(by) / 1000, Math.abs(by) % 1000, by > 0 ? "forward" : "back");
      events.add(Level.WARN, "clock-jump", "process", text);
    }
  }

  private long difference() {
    return wall.millis() - steady.millis();
  }
}
