package io.cadenza.bus;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the outputs of a tap and its followers share: whether anybody follows, so that nothing is
 * handed over to nobody, and the bound of what is under way to them. Any thread.
 */
public final class Tap {
  private final String name;
  private final Window window;
  private final AtomicInteger followers = new AtomicInteger();

  /**
   * @param bytes that may be under way to the followers; more are dropped, since a tap never slows
   *     the relay
   */
  public Tap(String name, long bytes) {
    this.name = name;
    this.window = new Window(bytes);
  }

  /** As in {@code tap://NAME}. */
  public String name() {
    return name;
  }

  /** The bound of what is under way to the followers, in bytes. */
  public Window window() {
    return window;
  }

  /** How many follow now. */
  public int followers() {
    return followers.get();
  }

  /** One more follows. */
  public void joined() {
    followers.incrementAndGet();
  }

  /** One follows no more. */
  public void left() {
    followers.decrementAndGet();
  }
}
