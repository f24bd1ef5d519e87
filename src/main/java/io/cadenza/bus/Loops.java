package io.cadenza.bus;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which event loop is which: a listener sends to the router of its own loop, so that a connection's
 * lines stay in order and on one core. Routers enrol when they start, before any listener asks.
 */
public final class Loops {
  private final Map<Thread, Integer> indices = new ConcurrentHashMap<>();
  private final AtomicInteger strays = new AtomicInteger();

  /** Says that the current event loop has the router of this index. */
  public void enrol(int index) {
    indices.put(Thread.currentThread(), index);
  }

  /** How many loops have a router. */
  public int count() {
    return indices.size();
  }

  /** The index of the current loop's router; of some router where the loop has none. */
  public int here() {
    Integer index = indices.get(Thread.currentThread());
    return index != null ? index : Math.floorMod(strays.getAndIncrement(), Math.max(1, count()));
  }
}
