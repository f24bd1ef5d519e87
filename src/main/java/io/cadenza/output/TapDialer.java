package io.cadenza.output;

import io.cadenza.bus.Address;
import io.cadenza.bus.Lane;
import io.cadenza.bus.Tap;
import io.cadenza.line.LineRun;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.List;

/** The way to whoever follows a tap: always there, and never waited for. */
final class TapDialer implements Dialer, Wire {
  private final Tap tap;
  private final Lane<LineRun> lane;

  TapDialer(Tap tap, EventBus bus) {
    this.tap = tap;
    this.lane = new Lane<>(bus, Address.tap(tap.name()), tap.window());
  }

  @Override
  public Future<Wire> dial() {
    return Future.succeededFuture(this);
  }

  @Override
  public Future<Refused> write(List<LineRun> runs) {
    int lost = 0;
    if (tap.followers() > 0) {
      for (LineRun run : runs) {
        lost += send(run);
      }
    }
    return Future.succeededFuture(lost == 0 ? Refused.NONE : new Refused("tap-full", lost));
  }

  private int send(LineRun run) {
    if (tap.window().full()) {
      return run.lines();
    }
    lane.send(run, tap.name(), run.size());
    return 0;
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
