package io.cadenza.meter;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What is counted at a listener. {@code lines-in = lines-out + invalid + dropped}: out is what was
 * handed to the pipeline.
 */
public final class ListenerMeters {
  public final Tally linesIn;
  public final Tally bytesIn;
  public final Tally linesOut;
  public final Tally dropped;
  public final Tally connectionsOpened;
  public final Tally connectionsRefused;
  public final Tally connectionsFailed;
  public final Tally connectionsIdle;
  public final Tally connectionsCut;
  public final Tally pauses;
  public final Tally acceptFailures;
  private final AtomicLong connections = new AtomicLong();
  private final Meters.Scope scope;

  public ListenerMeters(Meters meters, String name) {
    scope = meters.scope("listener", name);
    linesIn = scope.counter("lines-in", "Lines that came in, good or bad");
    bytesIn = scope.counter("bytes-in", "Bytes that came in");
    linesOut = scope.counter("lines-out", "Lines handed to the pipeline");
    dropped =
        scope.counter(
            "dropped", "reason", "pipeline-full", "Lines dropped where no sender is slowed");
    connectionsOpened = scope.counter("connections-opened", "Connections accepted");
    connectionsRefused =
        scope.counter("connections-refused", "Connections closed at once: over max-connections");
    connectionsFailed = scope.counter("connections-failed", "Connections that ended with an error");
    connectionsIdle = scope.counter("connections-idle", "Connections closed for being idle");
    connectionsCut =
        scope.counter("connections-cut", "Connections cut off by a stop while they were sending");
    pauses = scope.counter("pauses", "Times that senders were made to wait");
    acceptFailures =
        scope.counter(
            "accept-failures", "Times that no connection could be accepted: no file descriptors");
    here();
  }

  /** Names the figures that rise and fall: at first, and when the listener comes back. */
  public void here() {
    scope.gauge("connections", connections::get, "Connections open now");
  }

  /** The listener is gone for now: what was counted stays. */
  public void gone() {
    scope.forgetGauges();
  }

  /** A connection was opened; answers how many there are now. */
  public long opened() {
    connectionsOpened.increment();
    return connections.incrementAndGet();
  }

  public void closed() {
    connections.decrementAndGet();
  }

  /** Requests over HTTP that were answered with a status, or whose client was gone before. */
  public Tally requests(String status) {
    return scope.counter(
        "requests", "status", status, "Requests over HTTP, by the status of the answer");
  }

  /** Counts of refused lines for one thread. */
  public Reasons invalid() {
    return new Reasons(scope);
  }

  /** Names the bounds of this listener and how near they are, once. */
  public void limits(long mostConnections, LongSupplier underWay, LongSupplier mostUnderWay) {
    scope.gauge("connections-limit", () -> mostConnections, "The bound of connections");
    scope.gauge("window-bytes", underWay, "Bytes on their way to the pipeline");
    scope.gauge("window-limit-bytes", mostUnderWay, "The bound of window-bytes");
  }

  /** One instance's share of the bodies of requests that are held. */
  public Share waitingBytes() {
    return scope.share("waiting-bytes", "Bytes of bodies that come in or wait");
  }

  /** One instance's share of how many that may be. */
  public Share waitingLimitBytes() {
    return scope.share("waiting-limit-bytes", "The bound of waiting-bytes");
  }

  /** Where the system tells how many datagrams it dropped in front of us. */
  public void kernelDrops(LongSupplier now) {
    scope.gauge("kernel-drops", now, "Datagrams that the kernel dropped for want of room");
  }

  /** A further figure of this listener. */
  public Tally dropped(String reason) {
    return scope.counter(
        "dropped", "reason", reason, "Lines dropped where no sender can be slowed");
  }
}
