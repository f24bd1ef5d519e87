package io.cadenza.meter;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What is counted at the read API: for each endpoint, and for all together under the name {@code
 * all}. {@code requests} by status is each request once; {@code gone} is one whose client did not
 * wait for its answer. Any thread.
 */
public final class ApiMeters {
  /** What is counted at one endpoint. */
  public static final class Endpoint {
    public final Tally micros;
    public final Tally series;
    public final Tally points;
    public final Tally bytes;
    private final Meters.Scope scope;

    private Endpoint(Meters.Scope scope) {
      this.scope = scope;
      micros = scope.counter("micros", "Microseconds from requests to the ends of their answers");
      series = scope.counter("series", "Series that were given");
      points = scope.counter("points", "Points that were given");
      bytes = scope.counter("bytes", "Bytes of bodies that were given");
    }

    /** Requests that were answered with a status, or whose client was {@code gone} before. */
    public Tally requests(String status) {
      return scope.counter("requests", "status", status, "Requests, by the status of the answer");
    }
  }

  public final Tally connectionsRefused;
  private final Meters meters;
  private final Meters.Scope scope;
  private final AtomicLong connections = new AtomicLong();

  public ApiMeters(Meters meters) {
    this.meters = meters;
    scope = meters.scope("api", "all");
    connectionsRefused =
        scope.counter("connections-refused", "Connections closed at once: over max-connections");
  }

  /** The figures of one endpoint. */
  public Endpoint endpoint(String name) {
    return new Endpoint(meters.scope("api", name));
  }

  /** Requests that were not begun, or were cut: {@code busy}, {@code memory}, {@code time}. */
  public Tally refused(String reason) {
    return scope.counter("refused", "reason", reason, "Requests refused or cut, by reason");
  }

  /** Names the figures that rise and fall, with their bounds. */
  public void here(
      LongSupplier requests,
      long mostRequests,
      LongSupplier points,
      long mostPoints,
      long mostConnections) {
    scope.gauge("in-flight", requests, "Requests that are being worked on or wait for it");
    scope.gauge("in-flight-limit", () -> mostRequests, "The bound of in-flight");
    scope.gauge("held-points", points, "Points that requests hold in memory");
    scope.gauge("held-limit-points", () -> mostPoints, "The bound of held-points");
    scope.gauge("connections", connections::get, "Connections open now");
    scope.gauge("connections-limit", () -> mostConnections, "The bound of connections");
  }

  /** There is no API for now: what was counted stays. */
  public void gone() {
    scope.forgetGauges();
  }

  /** A connection was opened; answers how many there are now. */
  public long opened() {
    return connections.incrementAndGet();
  }

  public void closed() {
    connections.decrementAndGet();
  }
}
