package io.cadenza.meter;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong that nobody foresaw: mistakes of ours that no stage has caught. Each is counted
 * as {@code failures} of the process, and told with its stack trace, seldom. Any thread.
 *
 * <p>A process whose heap is full would lose now this and now that, half dead: it is ended at once,
 * so that whatever watches it starts a new one.
 */
public final class Failures implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final String OUT_OF_MEMORY =
      "out of memory: the process ends; give it a larger heap (-Xmx), or lower the bounds that"
          + " docs/limits.md names";

  private final Tally failures;
  private final Pace pace;
  private final Runnable end;

  /**
   * @param clock a steady one
   * @param end ends the process, without a further thought
   */
  public Failures(Meters meters, InstantSource clock, Runnable end) {
    this.failures = meters.process().counter("failures", "Mistakes that no stage has caught");
    this.pace = new Pace(clock);
    this.end = end;
  }

  /** Something went wrong that nobody else deals with. */
  public void happened(Throwable failure) {
    if (isOutOfMemory(failure)) {
      try {
        LOG.error(OUT_OF_MEMORY, failure);
      } finally {
        end.run();
      }
      return;
    }
    failures.increment();
    long times;
    synchronized (pace) {
      times = pace.happened();
    }
    if (times > 0) {
      LOG.error("something went wrong that should not have, {} time(s); the last:", times, failure);
    }
  }

  /** Of the heap; Netty's own for its buffers costs one connection, and says so by its name. */
  private static boolean isOutOfMemory(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause() == at ? null : at.getCause()) {
      if (at.getClass() == OutOfMemoryError.class) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    happened(failure);
  }
}
