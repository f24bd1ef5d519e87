package io.cadenza.bus;

import java.time.Duration;

/**
 * How long stages that stop may take, all together, counted from when this was made. Made by who
 * stops them, before he does; read by each on its own thread. Immutable.
 *
 * <p>Each stage gets what those before it have left over, so that the waiting of all of them ends
 * with deadline and grace, and not with several times that.
 */
public final class Leave {
  private final long begun = System.nanoTime();
  private final long graceMillis;
  private final long deadlineMillis;
  private final boolean succeeded;

  /**
   * @param grace how long senders are listened to that do not notice that they should go; no longer
   *     than the deadline
   * @param deadline how long what has come may take to get on
   * @param succeeded whether somebody else serves the senders from now on, so that they are given
   *     the whole grace to go there
   */
  public Leave(Duration grace, Duration deadline, boolean succeeded) {
    this.deadlineMillis = deadline.toMillis();
    this.graceMillis = Math.min(grace.toMillis(), deadlineMillis);
    this.succeeded = succeeded;
  }

  /** The whole grace, in milliseconds. */
  public long graceMillis() {
    return graceMillis;
  }

  /** Whether somebody else serves the senders from now on. */
  public boolean succeeded() {
    return succeeded;
  }

  /** What listeners have left, in milliseconds, when a full destination keeps them from reading. */
  public long listenersMillis() {
    return left(deadlineMillis);
  }

  /** What routers have left, in milliseconds. */
  public long routersMillis() {
    return left(deadlineMillis + graceMillis / 2);
  }

  /** What outputs have left, in milliseconds. */
  public long outputsMillis() {
    return left(deadlineMillis + graceMillis);
  }

  private long left(long millis) {
    return Math.max(0, millis - (System.nanoTime() - begun) / 1_000_000);
  }
}
