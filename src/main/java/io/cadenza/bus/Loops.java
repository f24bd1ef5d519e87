package io.cadenza.bus;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which event loop is which, by number from 0 in the order in which they ask: so that a listener
 * finds the router of its own loop, and a router the outputs of its own. A connection's lines then
 * stay in order and on one core. Any event loop may ask.
 */
public final class Loops {
  private final int count;
  private final Map<Thread, Integer> indices = new ConcurrentHashMap<>();
  private final Set<Integer> claimed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger next = new AtomicInteger();

  /**
   * @param count how many event loops there are
   */
  public Loops(int count) {
    this.count = count;
  }

  /** How many event loops there are. */
  public int count() {
    return count;
  }

  /**
   * The number of the current event loop, for its router: each loop has one.
   *
   * @throws IllegalStateException when the loop has one already
   */
  public int claim() {
    int here = here();
    if (!claimed.add(here)) {
      throw new IllegalStateException("two routers on event loop " + here);
    }
    return here;
  }

  /** The number of the current event loop. */
  public int here() {
    return indices.computeIfAbsent(Thread.currentThread(), loop -> next.getAndIncrement() % count);
  }
}
