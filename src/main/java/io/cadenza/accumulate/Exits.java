package io.cadenza.accumulate;

import io.cadenza.bus.Window;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.meter.AccumulatorMeters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * All ways by which the lines of one shard leave it, and the room that they share. Belongs to the
 * shard's thread.
 */
final class Exits {
  private final Window window;
  private final AccumulatorMeters meters;
  private final List<FlushedLines> all = new ArrayList<>();
  private long told;
  private boolean late;

  /**
   * @param window the bound of what is on its way from here
   */
  Exits(Window window, AccumulatorMeters meters) {
    this.window = window;
    this.meters = meters;
  }

  /**
   * Another way.
   *
   * @param sender who is named as the lines' sender in logs
   * @param exit takes a batch, and answers whether there is room for more
   */
  FlushedLines add(LineFormat format, Object sender, Predicate<LineBatch> exit) {
    FlushedLines made =
        new FlushedLines(format, sender, batch -> late ? lose(batch) : exit.test(batch));
    all.add(made);
    return made;
  }

  private boolean lose(LineBatch batch) {
    meters.notSent.add(batch.count());
    return true;
  }

  /** Whether more may be emitted. */
  boolean room() {
    return late || !window.full();
  }

  /** Has every way know whether there is room now. */
  void refresh() {
    boolean room = room();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).room(room);
    }
  }

  /** Sends off what there is. */
  void send() {
    all.forEach(FlushedLines::send);
  }

  /** Whether nothing is on its way any more, or nobody waits for it. */
  boolean over() {
    return late || window.taken() == 0;
  }

  /** From now on nothing is sent any more: what is emitted is counted, and forgotten. */
  void tooLate() {
    late = true;
    refresh();
  }

  /** Counts what was emitted since the last time. */
  void count() {
    long lines = 0;
    for (int i = 0; i < all.size(); i++) {
      lines += all.get(i).lines();
    }
    meters.linesOut.add(lines - told);
    told = lines;
  }
}
