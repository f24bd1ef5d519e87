package io.cadenza.bus;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound on what is under way between two stages. All of back-pressure lives here.
 *
 * <p>The sending threads take, the receiving thread gives back. A sender that finds no room leaves
 * word with {@link #whenRoom} and is woken once half is free again. The bound is soft: what is
 * taken at once may go past it by one piece a sender, so that no piece is ever cut.
 */
public final class Window {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();
  private final Queue<Runnable> waitingForNone = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /**
   * @param limit in the unit of the pieces: bytes, or batches
   */
  public Window(long limit) {
    this.limit = limit;
  }

  /** Takes room for a piece, and answers whether there is still room behind it. */
  public boolean take(long size) {
    return taken.addAndGet(size) < limit;
  }

  /** Gives room back; wakes who waits when half is free. */
  public void giveBack(long size) {
    long left = taken.addAndGet(-size);
    if (left <= limit / 2 && !waiting.isEmpty()) {
      wake(waiting);
    }
    if (left == 0 && !waitingForNone.isEmpty()) {
      wake(waitingForNone);
    }
  }

  /** Whether there is no room now. */
  public boolean full() {
    return taken.get() >= limit;
  }

  /** What is under way now. */
  public long taken() {
    return taken.get();
  }

  /** The bound. */
  public long limit() {
    return limit;
  }

  /**
   * Has {@code wake} called once, soon, when half is free: maybe on this thread at once, maybe on
   * the thread that gives back. It should do no more than hand over to its own context.
   */
  public void whenRoom(Runnable wake) {
    waiting.add(wake);
    if (taken.get() <= limit / 2) {
      wake(waiting);
    }
  }

  /** The same once nothing is under way any more. */
  public void whenEmpty(Runnable wake) {
    waitingForNone.add(wake);
    if (taken.get() == 0) {
      wake(waitingForNone);
    }
  }

  private static void wake(Queue<Runnable> waiting) {
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }
}
