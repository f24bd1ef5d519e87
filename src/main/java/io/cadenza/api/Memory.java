package io.cadenza.api;

import java.util.concurrent.atomic.AtomicLong;

/** A bound on the points that all requests hold together. Any thread. */
final class Memory {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param most how many points
   */
  Memory(long most) {
    this.most = most;
  }

  boolean hasRoom(long points) {
    return taken.get() + points <= most;
  }

  /**
   * Takes room, also what is not there: what several requests fetch at the same moment may be a
   * little more than all.
   */
  void take(long points) {
    taken.addAndGet(points);
  }

  void give(long points) {
    taken.addAndGet(-points);
  }

  long taken() {
    return taken.get();
  }

  long most() {
    return most;
  }
}
