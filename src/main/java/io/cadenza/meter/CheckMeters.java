package io.cadenza.meter;

import java.util.function.LongSupplier;

/** What is counted of the checks of one destination, beside its other figures. */
public final class CheckMeters {
  public final Tally checks;
  private final Meters.Scope scope;

  /**
   * @param up 1 while the check says that the destination is up, else 0
   */
  public CheckMeters(Meters meters, String destination, LongSupplier up) {
    scope = meters.scope("destination", destination);
    checks = scope.counter("checks", "Checks made");
    scope.gauge("check-up", up, "1 when the check says that the destination is up");
  }

  /**
   * A check failed: refused, timeout, unresolved, unreachable, tls, closed, status, answer, other.
   */
  public void failed(String reason) {
    scope.counter("check-failures", "reason", reason, "Checks that failed, by reason").increment();
  }
}
