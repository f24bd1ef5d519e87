package io.cadenza.meter;

import java.util.function.LongSupplier;

/** What is counted where cache queries are answered. Any thread. */
public final class CacheQueryMeters {
  public final Tally requests;
  public final Tally refused;
  public final Tally connectionsRefused;
  private final Meters.Scope scope;

  public CacheQueryMeters(Meters meters) {
    scope = meters.scope("cache-query", "all");
    requests = scope.counter("requests", "Requests that were answered");
    refused = scope.counter("refused", "Connections closed as what they sent is no request");
    connectionsRefused =
        scope.counter("connections-refused", "Connections closed at once: over max-connections");
  }

  /** Names the figures that rise and fall. */
  public void here(LongSupplier connections, int mostConnections) {
    scope.gauge("connections", connections, "Connections open now");
    scope.gauge("connections-limit", () -> mostConnections, "The bound of connections");
  }

  /** Nobody listens any more. */
  public void gone() {
    scope.forgetGauges();
  }
}
