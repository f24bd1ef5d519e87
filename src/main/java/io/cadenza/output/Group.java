package io.cadenza.output;

import io.cadenza.bus.Parcel;
import io.cadenza.line.LineRun;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Runs that go in one write. Stays the same when it has to be written again. */
final class Group {
  private final List<LineRun> runs;
  private final List<Parcel<LineRun>> parcels;
  private final Runnable settled;
  private final int bytes;
  private final int lines;
  private boolean delivered;
  private long deliveredAt;

  private Group(List<LineRun> runs, List<Parcel<LineRun>> parcels, Runnable settled) {
    this.runs = runs;
    this.parcels = parcels;
    this.settled = settled;
    int size = 0;
    int count = 0;
    for (int i = 0; i < runs.size(); i++) {
      size += runs.get(i).size();
      count += runs.get(i).lines();
    }
    this.bytes = size;
    this.lines = count;
  }

  /**
   * Takes one parcel, and more while there are any that fit.
   *
   * @param most bytes
   */
  static Group of(Deque<Parcel<LineRun>> from, int most) {
    List<LineRun> runs = new ArrayList<>(4);
    List<Parcel<LineRun>> parcels = new ArrayList<>(4);
    int bytes = 0;
    do {
      Parcel<LineRun> parcel = from.remove();
      parcels.add(parcel);
      runs.add(parcel.load());
      bytes += parcel.load().size();
    } while (!from.isEmpty() && bytes + from.peek().load().size() <= most);
    return new Group(runs, parcels, null);
  }

  /**
   * Runs that were read back from the spool, and stay there until they are settled.
   *
   * @param settled called when the peer is taken to have read them
   */
  static Group replayed(List<LineRun> runs, Runnable settled) {
    return new Group(runs, List.of(), settled);
  }

  int bytes() {
    return bytes;
  }

  int lines() {
    return lines;
  }

  List<LineRun> runs() {
    return runs;
  }

  /** What it was made of; empty when it came from the spool. */
  List<Parcel<LineRun>> parcels() {
    return parcels;
  }

  /** Whether it came from the spool, which has it still. */
  boolean isReplayed() {
    return settled != null;
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

  /** Nobody reads its lines any more. */
  void letGo() {
    runs.forEach(LineRun::done);
  }

  /** It will not be written again: nobody need keep it. */
  void settle() {
    if (settled != null) {
      settled.run();
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
