package io.cadenza.bus;

/**
 * What routers and the output of one destination share: the bound of its queue, and whether it is
 * up. The output writes, routers on other threads read.
 */
public final class DestinationState {
  private final String name;
  private final Window queue;
  private final OnFull onFull;
  private volatile boolean up = true;

  /**
   * @param name as in metrics and logs
   * @param queueBytes the bound of its queue
   */
  public DestinationState(String name, long queueBytes, OnFull onFull) {
    this.name = name;
    this.queue = new Window(queueBytes);
    this.onFull = onFull;
  }

  public String name() {
    return name;
  }

  /** The bytes that wait or are under way, bounded. */
  public Window queue() {
    return queue;
  }

  public OnFull onFull() {
    return onFull;
  }

  /** Whether lines are likely to get there. A destination is up until connecting to it failed. */
  public boolean up() {
    return up;
  }

  /** Says so; the output's thread only. */
  public void up(boolean now) {
    up = now;
  }

  /** Whether a sender has to wait now rather than send. */
  public boolean blocks() {
    return onFull == OnFull.BLOCK && queue.full();
  }
}
