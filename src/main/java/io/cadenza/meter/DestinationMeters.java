package io.cadenza.meter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.event.Level;

/**
 * What is counted at a destination: {@code lines-in + recovered = lines-out + dropped + handed-over
 * + queue-lines + spool-lines}, where the queue includes what is on its way, and the spool what it
 * has on disk and was not written yet.
 */
public final class DestinationMeters {
  public final Tally linesIn;
  public final Tally bytesIn;
  public final Tally linesOut;
  public final Tally bytesOut;
  public final Tally writes;
  public final Tally resent;
  public final Tally spooled;
  public final Tally replayed;
  public final Tally recovered;
  public final Tally spoolFailures;
  public final Tally handedOver;
  public final Tally connects;
  public final Tally connectFailures;
  public final Tally disconnects;
  private static final String SPOOL = "spool-";

  private final Map<String, Tally> dropped = new ConcurrentHashMap<>();
  public final Tally changes;
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong left = new AtomicLong();
  private final Meters.Scope scope;

  public DestinationMeters(Meters meters, String name) {
    scope = meters.scope("destination", name);
    linesIn = scope.counter("lines-in", "Lines put into the queue, or dropped in front of it");
    bytesIn = scope.counter("bytes-in", "Bytes put into the queue, or dropped in front of it");
    linesOut = scope.counter("lines-out", "Lines written to the destination");
    bytesOut = scope.counter("bytes-out", "Bytes of lines written, before any encoding");
    writes = scope.counter("writes", "Writes");
    resent = scope.counter("resent", "Lines written again, as their connection had broken");
    spooled = scope.counter("spooled", "Lines brought to the spool");
    replayed = scope.counter("replayed", "Lines written that came from the spool");
    recovered = scope.counter("recovered", "Lines that were in the spool before the process was");
    spoolFailures = scope.counter("spool-failures", "Times that the disk of the spool failed");
    handedOver = scope.counter("handed-over", "Lines that another one of the cluster took instead");
    connects = scope.counter("connects", "Connections made");
    connectFailures = scope.counter("connect-failures", "Connections that could not be made");
    disconnects = scope.counter("disconnects", "Connections that broke or were closed by the peer");
    changes = scope.counter("changes", "Times that it came up or went down");
  }

  /** Names the figures that rise and fall; again, when the destination comes back. */
  public void queue(LongSupplier bytes, LongSupplier limit, LongSupplier up) {
    scope.gauge("connections", connections::get, "Connections open now");
    scope.gauge("queue-bytes", bytes, "Bytes that wait or are on their way");
    scope.gauge("queue-limit-bytes", limit, "The bound of the queue");
    scope.gauge(
        "queue-lines",
        () ->
            linesIn.sum()
                - spooled.sum()
                - handedOver.sum()
                - (linesOut.sum() - replayed.sum())
                - droppedSum(reason -> !reason.startsWith(SPOOL)),
        "Lines that wait in memory or are on their way");
    scope.gauge("up", up, "1 when the destination is up");
  }

  /** One output's part of what is kept to be written again. */
  public Share kept() {
    return scope.share("resend-bytes", "Bytes that were written and are kept to be written again");
  }

  /** Names the bound of what is kept. */
  public void keptLimit(LongSupplier limit) {
    scope.gauge("resend-limit-bytes", limit, "The bound of resend-bytes");
  }

  /** Names the spool's figures, once, where there is one. */
  public void spool(LongSupplier bytes, LongSupplier limit, LongSupplier oldestMillis) {
    scope.gauge(
        "spool-oldest-seconds",
        () -> oldestMillis.getAsLong() / 1000,
        "How long the oldest line on disk has waited");
    scope.gauge("spool-bytes", bytes, "Bytes on disk");
    scope.gauge("spool-limit-bytes", limit, "The bound of the spool");
    scope.gauge(
        "spool-lines",
        () ->
            spooled.sum()
                + recovered.sum()
                - replayed.sum()
                - droppedSum(reason -> reason.startsWith(SPOOL)),
        "Lines on disk that are not written yet");
  }

  /** An output ends, and leaves lines on disk that are counted already. */
  public void left(long lines) {
    left.addAndGet(lines);
  }

  /** Lines were found on disk: those that this process has left there itself are no news. */
  public void found(long lines) {
    long own = left.getAndUpdate(known -> Math.max(0, known - lines));
    recovered.add(Math.max(0, lines - own));
  }

  /** The destination is gone for now: what was counted stays. */
  public void gone() {
    scope.forgetGauges();
  }

  /**
   * An attempt to connect, or a connection, failed: refused, timeout, unresolved, unreachable,
   * descriptors, tls, closed, stalled, status, other.
   */
  public void failed(String reason) {
    scope
        .counter("failures", "reason", reason, "Attempts and connections that failed, by reason")
        .increment();
  }

  /**
   * It came up, or went down.
   *
   * @param why it went down
   */
  public void turned(Events events, String name, boolean up, String why) {
    changes.increment();
    if (up) {
      events.add(Level.INFO, "destination-up", name, "destination " + name + " is up again");
    } else {
      events.add(Level.WARN, "destination-down", name, "destination " + name + " is down: " + why);
    }
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
   * too-long-for-datagram}, {@code rejected}, {@code tap-full}, {@code shutdown}; and at its spool
   * {@code spool-full}, {@code spool-age}, {@code spool-damaged}.
   */
  public synchronized Tally dropped(String reason) {
    Tally tally = scope.counter("dropped", "reason", reason, "Lines dropped, by reason");
    dropped.putIfAbsent(reason, tally);
    return tally;
  }

  private long droppedSum(Predicate<String> reason) {
    return dropped.entrySet().stream()
        .filter(entry -> reason.test(entry.getKey()))
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }
}
