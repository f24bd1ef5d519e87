package io.cadenza.output;

import io.cadenza.bus.Parcel;
import io.cadenza.line.LineRun;
import io.vertx.core.Future;
import java.util.List;

/**
 * Decides which lines of an output wait in memory and which on disk. Event loop of the output.
 *
 * <p>As long as the destination takes what comes, nothing goes to disk. When it is down, or slower
 * than the lines that come, all that waits goes there, and what comes after goes behind it: order
 * is kept until everything has been read back. Where the fresh go first, only the oldest go to
 * disk, and are read back when nothing else waits.
 */
final class Reserve implements Spooler.Output {
  private final Backlog backlog;
  private final Connector connector;
  private final long memory;
  private final boolean freshFirst;
  private final Runnable relieve;
  private final Runnable proceed;
  private Spooler spooler;
  private boolean stopping;

  /**
   * @param memory bytes that may wait before some go to disk
   * @param relieve called before anything goes to disk: others may take it
   * @param proceed called when there may be something to write
   */
  Reserve(
      Backlog backlog,
      Connector connector,
      long memory,
      boolean freshFirst,
      Runnable relieve,
      Runnable proceed) {
    this.backlog = backlog;
    this.connector = connector;
    this.memory = memory;
    this.freshFirst = freshFirst;
    this.relieve = relieve;
    this.proceed = proceed;
  }

  /** Where lines go that don't wait here: once, before anything else. */
  void spooler(Spooler to) {
    spooler = to;
  }

  void take(Parcel<LineRun> parcel) {
    if (!freshFirst && spooler.holds()) {
      spooler.add(parcel);
      return;
    }
    backlog.add(parcel);
    spill();
  }

  /** Brings to disk what should not wait in memory. */
  void spill() {
    long limit = connector.isUp() ? memory : 0;
    relieve.run();
    if (backlog.heldBytes() <= limit) {
      return;
    }
    if (!freshFirst) {
      backlog.takeWaiting().forEach(spooler::add);
      return;
    }
    while (backlog.heldBytes() > limit) {
      Parcel<LineRun> oldest = backlog.takeOldest();
      if (oldest == null) {
        return;
      }
      spooler.add(oldest);
    }
  }

  void tick() {
    if (connector.isUp() && backlog.heldBytes() <= memory / 2) {
      // The disk took them not, and the destination does.
      spooler.takeBack().forEach(backlog::add);
    }
    spill();
    spooler.tick();
  }

  /** Something was written: there may be room for what is on disk. */
  void written() {
    spooler.go();
  }

  /** Nothing is read back any more; what was goes out before that which came after it. */
  void stopping() {
    stopping = true;
    spill();
  }

  @Override
  public boolean wantsReplay() {
    return !stopping
        && connector.wire() != null
        && backlog.replayedBytes() < Spooler.READ_BYTES
        && (!freshFirst || backlog.heldBytes() == 0);
  }

  @Override
  public void replayed(Group group) {
    backlog.addReplayed(group);
  }

  @Override
  public void progressed() {
    proceed.run();
  }

  /** Brings what is left to disk in the end; what does not get there is in the backlog again. */
  Future<Void> close() {
    List<Parcel<LineRun>> begun = backlog.takeBegun();
    backlog.takeWaiting().forEach(spooler::add);
    return spooler
        .close(begun)
        .map(
            left -> {
              left.forEach(backlog::add);
              return null;
            });
  }

  /** The disk hangs: what is not on it is in the backlog again, and what comes of it is not. */
  void giveUp() {
    spooler.giveUp().forEach(backlog::add);
  }
}
