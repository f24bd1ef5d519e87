package io.cadenza.listen;

import io.cadenza.bus.Address;
import io.cadenza.bus.Lane;
import io.cadenza.bus.Loops;
import io.cadenza.bus.Window;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.meter.Complaints;
import io.cadenza.meter.ListenerMeters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/**
 * What all instances of one listener are made of: its format, its figures, and the way to the
 * router of an instance's event loop. Immutable; each instance makes its own intake with it.
 */
public final class Intakes {
  /** Bytes that may be under way to a router, for each instance, before its senders wait. */
  private static final long WINDOW = 4 << 20;

  private final LineFormat format;
  private final ListenerMeters meters;
  private final Loops loops;
  private final InstantSource clock;
  private final Entrance entrance;

  public Intakes(
      LineFormat format,
      ListenerMeters meters,
      Loops loops,
      InstantSource clock,
      Entrance entrance) {
    this.entrance = entrance;
    this.format = format;
    this.meters = meters;
    this.loops = loops;
    this.clock = clock;
  }

  ListenerMeters meters() {
    return meters;
  }

  Entrance entrance() {
    return entrance;
  }

  /** An intake of its own for an instance; called on the instance's event loop. */
  Intake intake(ListenerConfig config, Vertx vertx, Context context) {
    Lane<LineBatch> lane =
        new Lane<>(vertx.eventBus(), Address.route(loops.here()), new Window(WINDOW));
    return new Intake(
        format,
        config.into(),
        config.maxLine(),
        lane,
        meters,
        new Complaints("listener " + config.name(), clock),
        task -> context.runOnContext(v -> task.run()));
  }

  /** What makes the inflows of an instance; called on the instance's event loop. */
  Inflows inflows(ListenerConfig config, Intake intake) {
    return new Inflows(config, intake, clock);
  }
}
