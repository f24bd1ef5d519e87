package io.cadenza.listen;

import io.cadenza.bus.Address;
import io.cadenza.bus.Lane;
import io.cadenza.bus.Loops;
import io.cadenza.bus.Window;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Shelf;
import io.cadenza.meter.Complaints;
import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Pace;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToLongFunction;

/**
 * What all instances of one listener are made of: its format, its figures, and the way to the
 * router of an instance's event loop. Any thread; each instance makes its own intake with it.
 */
public final class Intakes {
  /** Batches whose arrays are held for the next ones: what is under way at most times. */
  private static final int SHELF = 8;

  private final LineFormat format;
  private final ListenerConfig config;
  private final ListenerMeters meters;
  private final Window everybody;
  private final Queue<Window> windows = new ConcurrentLinkedQueue<>();
  private final Loops loops;
  private final InstantSource steady;
  private final InstantSource wall;
  private final Entrance entrance;
  private final Shelf shelf = new Shelf(SHELF);

  /**
   * @param everybody bounds the connections of all listeners together
   * @param steady for what is told in the log now and then
   * @param wall for what a line without a time has as its time
   * @param entrance how it comes to its address
   */
  public Intakes(
      ListenerConfig config,
      LineFormat format,
      ListenerMeters meters,
      Window everybody,
      Loops loops,
      InstantSource steady,
      InstantSource wall,
      Entrance entrance) {
    this.config = config;
    this.entrance = entrance;
    this.format = format;
    this.everybody = everybody;
    this.meters = meters;
    this.loops = loops;
    this.steady = steady;
    this.wall = wall;
  }

  /** Has its bounds be those that the figures of the listener tell. */
  public void announce() {
    meters.limits(config.maxConnections(), () -> sum(Window::taken), () -> sum(Window::limit));
  }

  private long sum(ToLongFunction<Window> figure) {
    return windows.stream().mapToLong(figure).sum();
  }

  /** Counts a connection that was opened; answers whether there is room for it. */
  boolean opened() {
    everybody.take(1);
    if (meters.opened() > config.maxConnections() || everybody.taken() > everybody.limit()) {
      meters.connectionsRefused.increment();
      closed();
      return false;
    }
    return true;
  }

  /** A connection that was let in is no more. */
  void closed() {
    meters.closed();
    everybody.giveBack(1);
  }

  ListenerMeters meters() {
    return meters;
  }

  Entrance entrance() {
    return entrance;
  }

  /** An intake of its own for an instance; called on the instance's event loop. */
  Intake intake(Vertx vertx, Context context) {
    Window window = new Window(config.window());
    windows.add(window);
    Lane<LineBatch> lane = new Lane<>(vertx.eventBus(), Address.route(loops.here()), window);
    return new Intake(
        format,
        config.into(),
        config.maxLine(),
        lane,
        meters,
        new Complaints("listener " + config.name(), steady),
        shelf,
        task -> context.runOnContext(v -> task.run()));
  }

  /** How often an instance tells the same thing in the log. */
  Pace pace() {
    return new Pace(steady);
  }

  /** What makes the inflows of an instance; called on the instance's event loop. */
  Inflows inflows(Intake intake) {
    return new Inflows(config, intake, wall);
  }
}
