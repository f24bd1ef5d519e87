package io.cadenza.output;

import io.cadenza.bus.Lane;
import io.cadenza.bus.Parcel;
import io.cadenza.line.LineRun;
import io.cadenza.meter.DestinationMeters;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Hands what waits for a destination that is down, or almost full, to others of its cluster: what
 * carbon-c-relay calls dynamic. Runs go to them by turns; a run stays whole. Event loop of the
 * output.
 */
final class HandOver {
  private final EventBus bus;
  private final DestinationMeters meters;
  private final Supplier<List<Substitute>> substitutes;
  private final int connection;
  private int turn;

  /**
   * @param substitutes the others, as there are at the time; empty where nothing is handed over
   * @param connection of the output, whose event loop is that of the same one of the others
   */
  HandOver(
      EventBus bus,
      DestinationMeters meters,
      Supplier<List<Substitute>> substitutes,
      int connection) {
    this.bus = bus;
    this.meters = meters;
    this.substitutes = substitutes;
    this.connection = connection;
  }

  /**
   * Hands over what was begun on a connection that is no more, and what waits.
   *
   * @param keep bytes that may stay
   */
  void relieve(Backlog backlog, long keep) {
    if (backlog.heldBytes() <= keep) {
      return;
    }
    List<Substitute> others = substitutes.get();
    if (taker(others) == null) {
      return;
    }
    List<Parcel<LineRun>> left = new ArrayList<>();
    if (keep == 0) {
      left.addAll(backlog.takeBegun());
      left.addAll(backlog.takeWaiting());
    } else {
      left.addAll(backlog.takeNewest(keep));
    }
    left.removeIf(parcel -> hand(parcel, taker(others)));
    left.forEach(backlog::add);
  }

  /** Whose turn it is of those that take something; null when none does. */
  private Substitute taker(List<Substitute> others) {
    for (int i = 0; i < others.size(); i++) {
      Substitute next = others.get(Math.floorMod(turn, others.size()));
      if (next.takes()) {
        return next;
      }
      turn++;
    }
    return null;
  }

  /** Answers whether somebody has taken it. */
  private boolean hand(Parcel<LineRun> parcel, Substitute next) {
    if (next == null) {
      return false;
    }
    turn++;
    LineRun run = parcel.load();
    next.meters().linesIn.add(run.lines());
    next.meters().bytesIn.add(run.size());
    String address = next.state().address(connection % next.state().connections());
    new Lane<LineRun>(bus, address, next.state().queue()).send(run, parcel.into(), run.size());
    meters.handedOver.add(run.lines());
    parcel.done();
    return true;
  }
}
