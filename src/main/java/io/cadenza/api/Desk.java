package io.cadenza.api;

import io.cadenza.meter.ApiMeters;
import io.cadenza.meter.Pace;
import io.cadenza.meter.SteadyClock;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Where requests are let in, as long as there is room, and given to workers: few threads of their
 * own, so that whatever is asked, lines are received and written as ever. Event loop of the API.
 */
final class Desk {
  final Vertx vertx;
  final ApiConfig config;
  final ApiMeters meters;
  final InstantSource wall;
  final AccessLog log;
  final Pace failures;
  final SteadyClock steady;
  final WorkerExecutor workers;
  private final Memory memory;
  private volatile int inside; // changed by the event loop, read by figures

  /**
   * @param id of this instance: during a reload there are two, each with workers of its own
   */
  Desk(Vertx vertx, String id, ApiConfig config, ApiMeters meters, InstantSource wall) {
    this.vertx = vertx;
    this.config = config;
    this.meters = meters;
    this.wall = wall;
    this.steady = new SteadyClock(wall);
    this.log = new AccessLog(config.accessLog(), steady);
    this.failures = new Pace(steady);
    ApiLimits limits = config.limits();
    this.memory = new Memory(limits.memory() / ApiLimits.BYTES_A_POINT);
    // The thread checker of Vert.x may speak once the request should have been cut.
    long longest = limits.timeout().multipliedBy(2).toMillis();
    this.workers =
        vertx.createSharedWorkerExecutor(
            "api-" + id, limits.workers(), longest, TimeUnit.MILLISECONDS);
  }

  int inside() {
    return inside;
  }

  Memory memory() {
    return memory;
  }

  /** Lets a request in, or tells its client to come again. */
  void admit(RoutingContext request, Endpoint endpoint, String rest) {
    if (inside >= config.limits().maxRequests()) {
      String text = "Too many requests are being worked on (api.max-requests); try again";
      Visit.refuse(this, request, endpoint, new Refusal(503, text, "busy"));
      return;
    }
    inside = inside + 1;
    Allowance allowance = new Allowance(config.limits(), memory, System::nanoTime);
    new Visit(this, request, endpoint, rest, allowance).begin();
  }

  /** A request has gone, and nobody works on it any more. */
  void left() {
    inside = inside - 1;
  }
}
