package io.cadenza.bus;

import java.time.Duration;

/**
 * What routers and the output of one destination share: the bound of its queue, and whether it is
 * up. The output writes, routers on other threads read.
 */
public final class DestinationState {
  private final String name;
  private final Window queue;
  private final OnFull onFull;
  private final int connections;
  private final int generation;
  private int down;
  private volatile Leave leave;
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
    this(name, queueBytes, onFull, connections, 0);
  }

  /**
   * @param generation tells outputs apart that have the same name for a while, as one takes the
   *     place of another
   */
  public DestinationState(
      String name, long queueBytes, OnFull onFull, int connections, int generation) {
    this.name = name;
    this.generation = generation;
    this.connections = connections;
    this.queue = new Window(queueBytes);
    this.onFull = onFull;
  }

  public String name() {
    return name;
  }

  /** Where the runs for one of its connections go on the event bus. */
  public String address(int connection) {
    return Address.output(generation == 0 ? name : name + "@" + generation, connection);
  }

  /** Says how long its outputs may take to stop; before they are told to. Any thread. */
  public void leave(Leave now) {
    leave = now;
  }

  /** How long a stop may take from now on, in milliseconds. */
  public long patience(Duration unlessTold) {
    return leave == null ? unlessTold.toMillis() : leave.outputsMillis();
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
