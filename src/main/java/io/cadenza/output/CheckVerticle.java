package io.cadenza.output;

import io.cadenza.bus.DestinationState;
import io.cadenza.meter.CheckMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/**
 * Asks destinations now and then whether they work, and tells their states. One instance for all
 * checks: they hardly do anything but wait.
 */
public final class CheckVerticle extends VerticleBase {
  /**
   * A destination that has a check.
   *
   * @param tls how an https URL is verified: as the destination is
   */
  public record Target(
      CheckConfig config, ClientTls tls, DestinationState state, CheckMeters meters) {}

  private final List<Target> targets;
  private List<Check> checks = List.of();

  public CheckVerticle(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  @Override
  public Future<?> start() {
    checks = targets.stream().map(target -> new Check(target, vertx)).toList();
    checks.forEach(Check::start);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(checks.stream().map(Check::stop).toList());
  }
}
