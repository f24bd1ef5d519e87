package io.cadenza.bus;

/**
 * What routers and the output of one destination share: the bound of its queue, and whether it is
 * up. The output writes, routers on other threads read.
 */
public final class DestinationState {
  private final String name;
  private final Window queue;
  private final OnFull onFull;
  private final int connections;
  private int down;
  private volatile boolean up = true;

  /**
   * @param name as in metrics and logs
   * @param queueBytes the bound of its queue
   */
  public DestinationState(String name, long queueBytes, OnFull onFull) {
    this(name, queueBytes, onFull, 1);
  }

  /**
   * @param connections how many there are: it is up while any of them is
   */
  public DestinationState(String name, long queueBytes, OnFull onFull, int connections) {
    this.name = name;
    this.connections = connections;
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

  /**
   * One of its connections has come up or gone down; told by outputs, each only when its own
   * changed.
   *
   * @return whether the destination as a whole came up or went down with it
   */
  public synchronized boolean up(boolean now) {
    down = Math.max(0, Math.min(connections, down + (now ? -1 : 1)));
    boolean before = up;
    up = down < connections;
    return up != before;
  }

  /** How many connections it has. */
  public int connections() {
    return connections;
  }

  /** Bytes of the queue that each connection has for sure. */
  public long share() {
    return queue.limit() / connections;
  }

  /** Whether a sender has to wait now rather than send. */
  public boolean blocks() {
    return onFull == OnFull.BLOCK && queue.full();
  }
}
