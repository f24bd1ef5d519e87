package io.cadenza.output;

import io.cadenza.bus.Parcel;
import io.cadenza.line.LineRun;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Runs that go in one write. Stays the same when it has to be written again. */
final class Group {
  private final List<Parcel<LineRun>> parcels = new ArrayList<>(4);
  private int bytes;
  private int lines;
  private boolean delivered;
  private long deliveredAt;

  /**
   * Takes one parcel, and more while there are any that fit.
   *
   * @param most bytes
   */
  Group(Deque<Parcel<LineRun>> from, int most) {
    do {
      Parcel<LineRun> parcel = from.remove();
      parcels.add(parcel);
      bytes += parcel.load().size();
      lines += parcel.load().lines();
    } while (!from.isEmpty() && bytes + from.peek().load().size() <= most);
  }

  int bytes() {
    return bytes;
  }

  int lines() {
    return lines;
  }

  List<LineRun> runs() {
    List<LineRun> runs = new ArrayList<>(parcels.size());
    for (Parcel<LineRun> parcel : parcels) {
      runs.add(parcel.load());
    }
    return runs;
  }

  /** Whether it was written once: its lines are counted as out, and hold no room. */
  boolean delivered() {
    return delivered;
  }

  /** When it was written, the last time. */
  long deliveredAt() {
    return deliveredAt;
  }

  /** It was written. Its room in the queue is free. */
  void delivered(long now) {
    deliveredAt = now;
    if (!delivered) {
      giveBack();
    }
  }

  /** It is over with it, written or not. */
  void giveBack() {
    delivered = true;
    for (Parcel<LineRun> parcel : parcels) {
      parcel.done();
    }
  }
}
