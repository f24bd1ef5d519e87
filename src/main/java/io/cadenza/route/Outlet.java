package io.cadenza.route;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.line.LineRun;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Tally;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A router's end of the way to one destination: the open run of lines, and whether there is room.
 *
 * <p>Belongs to the router's thread. A run goes off when it is full or when the router is told to
 * flush, once for all batches of a turn of the event loop.
 */
final class Outlet {
  /** Bytes a run holds. */
  static final int RUN = 64 * 1024;

  private final DestinationState state;
  private final DestinationMeters meters;
  private final Tally queueFull;
  private final Consumer<LineRun> exit;
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
    if (open == null) {
      open = new byte[Math.max(RUN, size)];
    }
    System.arraycopy(from, start, open, length, size);
    length += size;
    lines += count;
  }

  /** Appends whole lines of a frozen array: many of them go by reference. */
  void appendFrozen(byte[] from, int start, int end, int count) {
    if (end - start < RUN / 4) {
      append(from, start, end, count);
    } else {
      flush();
      send(new LineRun(from, start, end, count));
    }
  }

  /** Sends the open run off. */
  void flush() {
    if (lines == 0) {
      return;
    }
    boolean small = length <= open.length / 4;
    LineRun run = new LineRun(small ? Arrays.copyOf(open, length) : open, 0, length, lines);
    if (!small) {
      open = null;
    }
    length = 0;
    lines = 0;
    send(run);
  }

  private void send(LineRun run) {
    meters.linesIn.add(run.lines());
    meters.bytesIn.add(run.size());
    if (state.onFull() == OnFull.DROP_NEWEST && state.queue().full()) {
      queueFull.add(run.lines());
    } else {
      exit.accept(run);
    }
  }
}
