package io.cadenza.listen;

import io.cadenza.bus.Address;
import io.cadenza.bus.Lane;
import io.cadenza.bus.Loops;
import io.cadenza.bus.Window;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.meter.Complaints;
import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Pace;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/**
 * What all instances of one listener are made of: its format, its figures, and the way to the
 * router of an instance's event loop. Immutable; each instance makes its own intake with it.
 */
public final class Intakes {
  private final LineFormat format;
  private final ListenerMeters meters;
  private final Loops loops;
  private final InstantSource steady;
  private final InstantSource wall;

  /**
   * @param steady for what is told in the log now and then
   * @param wall for what a line without a time has as its time
   */
  public Intakes(
      LineFormat format,
      ListenerMeters meters,
      Loops loops,
      InstantSource steady,
      InstantSource wall) {
    this.format = format;
    this.meters = meters;
    this.loops = loops;
    this.steady = steady;
    this.wall = wall;
  }

  ListenerMeters meters() {
    return meters;
  }

  /** An intake of its own for an instance; called on the instance's event loop. */
  Intake intake(ListenerConfig config, Vertx vertx, Context context) {
    Lane<LineBatch> lane =
        new Lane<>(vertx.eventBus(), Address.route(loops.here()), new Window(config.window()));
    return new Intake(
        format,
        config.into(),
        config.maxLine(),
        lane,
        meters,
        new Complaints("listener " + config.name(), steady),
        task -> context.runOnContext(v -> task.run()));
  }

  /** How often an instance tells the same thing in the log. */
  Pace pace() {
    return new Pace(steady);
  }

  /** What makes the inflows of an instance; called on the instance's event loop. */
  Inflows inflows(ListenerConfig config, Intake intake) {
    return new Inflows(config, intake, wall);
  }
}
