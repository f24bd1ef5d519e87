package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** An open way to a destination. Belongs to the event loop of its output. */
interface Wire {
  /**
   * Writes whole lines; done when the kernel, or the peer where it answers, has all of them.
   *
   * @return lines that this way can't take, or never will
   */
  Future<Refused> write(List<LineRun> runs);

  /** Whether to write no more until {@link #onDrain}; never where nothing is kept back. */
  default boolean full() {
    return false;
  }

  /**
   * What to do when there is room again. Not called where this way is never full, or is so only
   * until a write is done, which tells it already.
   */
  default void onDrain(Runnable go) {}

  /**
   * What to do when the way is gone, with the cause: at once when it has gone already. Called once,
   * and not after {@link #close}; never where there is nothing to break but single writes.
   */
  default void onBroken(Consumer<Failure> gone) {}

  /** Whether the peer itself has said, when a write is done, that it has the lines. */
  default boolean confirms() {
    return false;
  }

  /**
   * About how many bytes the kernels of both sides hold that the peer has not read; 0 where nobody
   * can tell.
   */
  default long unread() {
    return 0;
  }

  /** Closes it once all is written that was given to it: nothing may be in flight. */
  Future<Void> close();

  /**
   * Closes it at once, whatever is still to be written: a peer that does not read is not waited
   * for. The same as {@link #close} where that waits for no peer.
   */
  default void abandon() {
    close();
  }
}
