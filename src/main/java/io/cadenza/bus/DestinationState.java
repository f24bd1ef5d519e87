package io.cadenza.bus;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What routers and the output of one destination share: the bound of its queue, and whether it is
 * up. The output and the check write, routers on other threads read.
 *
 * <p>A destination is up while one of its connections is and its check, if it has one, says so.
 */
public final class DestinationState {
  private final String name;
  private final Window queue;
  private final OnFull onFull;
  private final int connections;
  private final InstantSource clock;
  private final Turn turn;
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private int down;
  private boolean checkUp = true;
  private String trouble;
  private String checkTrouble;
  private long since;
  private final int generation;
  private volatile Leave leave;
  private volatile boolean up = true;
  private volatile int turns;
  private volatile int diskTroubles;

  /** Is told when a destination comes up or goes down, on the thread that found it; soon done. */
  public interface Turn {
    /**
     * @param why it went down; null when it came up
     */
    void turned(String destination, boolean up, String why);
  }

  /**
   * How a destination is.
   *
   * @param connected whether one of its connections is up
   * @param checkUp what its check says; true while it has none
   * @param why it is down, or null
   * @param since when it is so, in milliseconds since 1970
   */
  public record Condition(boolean up, boolean connected, boolean checkUp, String why, long since) {}

  /**
   * @param name as in metrics and logs
   * @param queueBytes the bound of its queue
   */
  public DestinationState(String name, long queueBytes, OnFull onFull) {
    this(name, queueBytes, onFull, 1);
  }

  /**
   * @param connections how many there are: it is connected while any of them is
   */
  public DestinationState(String name, long queueBytes, OnFull onFull, int connections) {
    this(name, queueBytes, onFull, connections, 0, InstantSource.system(), (who, now, why) -> {});
  }

  /**
   * @param generation tells outputs apart that have the same name for a while, as one takes the
   *     place of another
   * @param clock for when it changed
   * @param turn told of every change
   */
  public DestinationState(
      String name,
      long queueBytes,
      OnFull onFull,
      int connections,
      int generation,
      InstantSource clock,
      Turn turn) {
    this.name = name;
    this.generation = generation;
    this.connections = connections;
    this.queue = new Window(queueBytes);
    this.onFull = onFull;
    this.clock = clock;
    this.turn = turn;
    this.since = clock.millis();
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

  /** Whether its outputs stop, or are about to. Any thread. */
  public boolean leaves() {
    return leave != null;
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

  /** Whether lines are likely to get there. A destination is up until something failed. */
  public boolean up() {
    return up;
  }

  /** How often it came up or went down; changes after {@link #up} did. */
  public int turns() {
    return turns;
  }

  /**
   * Has somebody told after each turn, on the thread that found it: it should do no more than hand
   * over to its own context.
   */
  public void watch(Runnable told) {
    watchers.add(told);
  }

  /** The same object is told no more. */
  public void unwatch(Runnable told) {
    watchers.remove(told);
  }

  /**
   * One of its connections has come up or gone down; told by outputs, each only when its own
   * changed.
   *
   * @return whether the destination as a whole came up or went down with it
   */
  public boolean up(boolean now) {
    return up(now, null);
  }

  /**
   * The same with the reason.
   *
   * @param why it went down; null when it came up
   */
  public synchronized boolean up(boolean now, String why) {
    down = Math.max(0, Math.min(connections, down + (now ? -1 : 1)));
    trouble = down < connections ? null : why;
    return settle();
  }

  /**
   * Its check has passed or failed often enough.
   *
   * @param why it failed; null when it passed
   * @return whether the destination as a whole came up or went down with it
   */
  public synchronized boolean checked(boolean now, String why) {
    checkUp = now;
    checkTrouble = now ? null : why;
    return settle();
  }

  private boolean settle() {
    boolean now = down < connections && checkUp;
    if (now == up) {
      return false;
    }
    since = clock.millis();
    up = now;
    turned();
    turn.turned(name, now, now ? null : why());
    return true;
  }

  private String why() {
    String text =
        Stream.of(trouble, checkTrouble).filter(Objects::nonNull).collect(Collectors.joining("; "));
    return text.isEmpty() ? null : text;
  }

  /** All of how it is, for operators. */
  public synchronized Condition condition() {
    return new Condition(up, down < connections, checkUp, why(), since);
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
    boolean waits = onFull == OnFull.BLOCK || onFull == OnFull.SPOOL && diskTroubles == 0;
    return waits && queue.full();
  }

  /** Whether what comes now is dropped, and counted. */
  public boolean drops() {
    boolean drops = onFull == OnFull.DROP_NEWEST || onFull == OnFull.SPOOL && diskTroubles > 0;
    return drops && queue.full();
  }

  /**
   * The disk of one of its outputs takes nothing, or does again; told by outputs, each only when
   * its own changed. Senders wait for a disk that is at work, but not for one that is not.
   */
  public synchronized void diskTrouble(boolean now) {
    diskTroubles = diskTroubles + (now ? 1 : -1);
    turned(); // Whoever waits looks again.
  }

  private void turned() {
    turns = turns + 1; // Under the lock; volatile for those who read.
    watchers.forEach(Runnable::run);
  }
}
