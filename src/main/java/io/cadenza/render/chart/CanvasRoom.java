package io.cadenza.render.chart;

import io.cadenza.render.RenderException;
import io.cadenza.render.RenderException.Kind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory of all pictures that are drawn at the same time: each takes room for its pixels
 * and points, and who finds none waits. Any thread.
 */
final class CanvasRoom {
  private final Semaphore free;
  private final Duration patience;

  /**
   * @param bytes of all pictures together
   * @param patience how long one waits for others to be done
   */
  CanvasRoom(int bytes, Duration patience) {
    this.free = new Semaphore(bytes, true);
    this.patience = patience;
  }

  /** What draws a picture. */
  interface Work<T> {
    T run();
  }

  /**
   * Does a work once there is room for it.
   *
   * @throws RenderException when there was none for too long
   */
  <T> T during(int bytes, Work<T> work) {
    if (!taken(bytes)) {
      throw new RenderException(
          Kind.TIME, "too many pictures are drawn at once: none was done for " + patience);
    }
    try {
      return work.run();
    } finally {
      free.release(bytes);
    }
  }

  private boolean taken(int bytes) {
    try {
      return free.tryAcquire(bytes, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
