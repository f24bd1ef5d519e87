package io.cadenza.admin;

import io.cadenza.meter.Events;
import org.slf4j.event.Level;

/**
 * What the shell's {@code health} tells: up, until somebody says down there, as before a machine is
 * taken out of service. One for the process; any thread.
 */
public final class HealthStatus {
  private final Events events;
  private boolean up = true;

  public HealthStatus(Events events) {
    this.events = events;
  }

  synchronized boolean isUp() {
    return up;
  }

  /** Somebody says how it is from now on. */
  synchronized void set(boolean now) {
    if (up != now) {
      up = now;
      String text = "health is told as " + this + " from now on: so it was said on the shell";
      events.add(Level.INFO, "health", "shell", text);
    }
  }

  @Override
  public synchronized String toString() {
    return up ? "up" : "down";
  }
}
