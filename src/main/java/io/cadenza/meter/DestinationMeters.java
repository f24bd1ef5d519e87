package io.cadenza.meter;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What is counted at a destination: {@code lines-in = lines-out + dropped + queue-lines}, where the
 * queue includes what is on its way.
 */
public final class DestinationMeters {
  public final Tally linesIn;
  public final Tally bytesIn;
  public final Tally linesOut;
  public final Tally bytesOut;
  public final Tally writes;
  public final Tally resent;
  public final Tally connects;
  public final Tally connectFailures;
  public final Tally disconnects;
  private final AtomicLong connections = new AtomicLong();
  private final Meters.Scope scope;

  public DestinationMeters(Meters meters, String name) {
    scope = meters.scope("destination", name);
    linesIn = scope.counter("lines-in", "Lines put into the queue, or dropped in front of it");
    bytesIn = scope.counter("bytes-in", "Bytes put into the queue, or dropped in front of it");
    linesOut = scope.counter("lines-out", "Lines written to the destination");
    bytesOut = scope.counter("bytes-out", "Bytes of lines written, before any encoding");
    writes = scope.counter("writes", "Writes");
    resent = scope.counter("resent", "Lines written again, as their connection had broken");
    connects = scope.counter("connects", "Connections made");
    connectFailures = scope.counter("connect-failures", "Connections that could not be made");
    disconnects = scope.counter("disconnects", "Connections that broke or were closed by the peer");
  }

  /** Names the figures that rise and fall; again, when the destination comes back. */
  public void queue(LongSupplier bytes, LongSupplier limit, LongSupplier up) {
    scope.gauge("connections", connections::get, "Connections open now");
    scope.gauge("queue-bytes", bytes, "Bytes that wait or are on their way");
    scope.gauge("queue-limit-bytes", limit, "The bound of the queue");
    scope.gauge(
        "queue-lines",
        () -> linesIn.sum() - linesOut.sum() - droppedSum(),
        "Lines that wait or are on their way");
    scope.gauge("up", up, "1 when the destination is up");
  }

  /** The destination is gone for now: what was counted stays. */
  public void gone() {
    scope.forgetGauges();
  }

  /**
   * An attempt to connect, or a connection, failed: refused, timeout, unresolved, unreachable, tls,
   * closed, stalled, status, other.
   */
  public void failed(String reason) {
    scope
        .counter("failures", "reason", reason, "Attempts and connections that failed, by reason")
        .increment();
  }

  /** A connection was made. */
  public void opened() {
    connects.increment();
    connections.incrementAndGet();
  }

  /** A connection is no more, whoever closed it. */
  public void closed() {
    connections.decrementAndGet();
  }

  /**
   * Lines dropped here for a reason: {@code queue-full}, {@code not-graphite}, {@code
   * too-long-for-datagram}, {@code rejected}, {@code tap-full}, {@code shutdown}.
   */
  public synchronized Tally dropped(String reason) {
    Tally tally = scope.counter("dropped", "reason", reason, "Lines dropped, by reason");
    dropped.putIfAbsent(reason, tally);
    return tally;
  }

  private final java.util.Map<String, Tally> dropped =
      new java.util.concurrent.ConcurrentHashMap<>();

  private long droppedSum() {
    return dropped.values().stream().mapToLong(Tally::sum).sum();
  }
}
