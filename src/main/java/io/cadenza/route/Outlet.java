package io.cadenza.route;

import io.cadenza.bus.DestinationState;
import io.cadenza.line.Bytes;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineRun;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A router's end of the way to one destination: the open run of lines, and whether there is room.
 *
 * <p>Belongs to the router's thread. A run goes off when it is full or when the router is told to
 * flush, once for all batches of a turn of the event loop.
 *
 * <p>Where this router has several of the destination's connections, the outlet is several: each
 * line goes to the lane of its key, so that all connections have work and keys keep their order.
 */
final class Outlet {
  /** Bytes a run holds. */
  static final int RUN = 64 * 1024;

  private static final Outlet[] NO_LANES = {};

  private final DestinationState state;
  private final DestinationMeters meters;
  private final Tally queueFull;
  private final Consumer<LineRun> exit;
  private final Outlet[] lanes;
  private byte[] open;
  private int length;
  private int lines;

  /**
   * @param exit takes a run whose room in the queue was taken already
   */
  Outlet(DestinationState state, DestinationMeters meters, Consumer<LineRun> exit) {
    this.state = state;
    this.meters = meters;
    this.queueFull = meters.dropped("queue-full");
    this.exit = exit;
    this.lanes = NO_LANES;
  }

  private Outlet(DestinationState state, DestinationMeters meters, Outlet[] lanes) {
    this.state = state;
    this.meters = meters;
    this.queueFull = meters.dropped("queue-full");
    this.exit = null;
    this.lanes = lanes;
  }

  /**
   * An outlet of one lane, or of several.
   *
   * @param exits each takes the runs of one connection
   */
  static Outlet of(
      DestinationState state, DestinationMeters meters, List<Consumer<LineRun>> exits) {
    return exits.size() == 1
        ? new Outlet(state, meters, exits.get(0))
        : new Outlet(
            state,
            meters,
            exits.stream().map(exit -> new Outlet(state, meters, exit)).toArray(Outlet[]::new));
  }

  /** Whether lines have to be brought to the {@link #lane} of their key. */
  boolean spreads() {
    return lanes.length > 0;
  }

  /** Where lines of a key go: always the same. */
  Outlet lane(byte[] bytes, int keyStart, int keyEnd) {
    if (lanes.length == 0) {
      return this;
    }
    return lanes[
        (int) Long.remainderUnsigned(Bytes.hash(bytes, keyStart, keyEnd, 0), lanes.length)];
  }

  DestinationState state() {
    return state;
  }

  boolean up() {
    return state.up();
  }

  boolean blocks() {
    return state.blocks();
  }

  /** Appends whole lines, newlines included. */
  void append(byte[] from, int start, int end, int count) {
    int size = end - start;
    if (open != null && open.length - length < size) {
      flush();
    }
    if (open == null || open.length < size) {
      open = new byte[Math.max(RUN, size)]; // One that is there is empty: a small run was copied.
    }
    System.arraycopy(from, start, open, length, size);
    length += size;
    lines += count;
  }

  /**
   * Appends whole lines of a frozen array. Most of an array goes by reference; less is copied, so
   * that what waits in a queue keeps no more than twice its own bytes in memory.
   */
  void appendFrozen(LineBatch batch, int start, int end, int count) {
    byte[] from = batch.bytes();
    if (end - start < from.length / 2) {
      append(from, start, end, count);
    } else {
      flush();
      send(batch.run(start, end, count));
    }
  }

  /** Sends the open run off. */
  void flush() {
    for (int i = 0; i < lanes.length; i++) {
      lanes[i].flush();
    }
    if (lines == 0) {
      return;
    }
    boolean small = length <= open.length / 4;
    LineRun run = new LineRun(small ? Arrays.copyOf(open, length) : open, 0, length, lines);
    if (!small || open.length > RUN) {
      open = null;
    }
    length = 0;
    lines = 0;
    send(run);
  }

  private void send(LineRun run) {
    meters.linesIn.add(run.lines());
    meters.bytesIn.add(run.size());
    if (state.drops()) {
      queueFull.add(run.lines());
    } else {
      exit.accept(run);
    }
  }
}
