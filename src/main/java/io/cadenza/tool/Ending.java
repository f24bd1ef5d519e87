package io.cadenza.tool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C and SIGTERM end a command as if it had come to its end: the command is asked to stop,
 * is given time to finish its work and print its totals, and the process exits with 0.
 *
 * <p>Held by the command's thread while it works. The hook halts because the exit code of a process
 * that was sent a signal can be chosen in no other way.
 */
final class Ending {
  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Runnable stop;
  private final Thread hook = new Thread(this::signalled, "ending");

  /**
   * @param stop asks the command to stop; called from another thread
   */
  Ending(Runnable stop) {
    this.stop = stop;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void signalled() {
    stop.run();
    try {
      if (over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has finished its work. */
  void finished() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook waits for this.
      over.countDown();
    }
  }
}
