package io.cadenza.meter;

import java.util.concurrent.atomic.AtomicLong;

/** What is counted at the shell. One for the process; any thread. */
public final class ShellMeters {
  public final Tally connectionsOpened;
  public final Tally connectionsRefused;
  public final Tally connectionsIdle;
  public final Tally commands;
  private final AtomicLong connections = new AtomicLong();
  private final Meters.Scope scope;

  public ShellMeters(Meters meters) {
    scope = meters.scope("shell", "all");
    connectionsOpened = scope.counter("connections-opened", "Connections accepted");
    connectionsRefused =
        scope.counter("connections-refused", "Connections closed at once: over max-connections");
    connectionsIdle = scope.counter("connections-idle", "Connections closed for being idle");
    commands = scope.counter("commands", "Commands, good or bad");
  }

  /** Commands that were answered with ERROR: {@code unknown}, {@code too-long}, .... */
  public Tally refused(String reason) {
    return scope.counter("refused", "reason", reason, "Commands that were refused, by reason");
  }

  /** Names the figures that rise and fall, with this bound. */
  public void here(long mostConnections) {
    scope.gauge("connections", connections::get, "Connections open now");
    scope.gauge("connections-limit", () -> mostConnections, "The bound of connections");
  }

  /** There is no shell for now: what was counted stays. */
  public void gone() {
    scope.forgetGauges();
  }

  public void opened() {
    connectionsOpened.increment();
    connections.incrementAndGet();
  }

  public void closed() {
    connections.decrementAndGet();
  }
}
