package io.cadenza.output;

import io.vertx.core.Future;

/** Asks a destination whether it works, once at a time. One event loop. */
interface Probe {
  /**
   * Asks.
   *
   * @return succeeds when it works, else fails; done only when nothing of this asking is left, so
   *     that the next may begin
   */
  Future<Void> ask();

  /** No answer is awaited any more: what is open is closed, what would be opened late as well. */
  void giveUp();

  /** Lets go of what it keeps. */
  Future<Void> close();
}
