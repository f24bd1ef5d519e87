package io.cadenza.listen;

import io.vertx.core.buffer.Buffer;

/** What comes in on one connection, in the order it comes. Belongs to the listener's event loop. */
interface Inflow {
  void take(Buffer piece);

  /** The sender has finished: what is left counts. */
  void end();

  /** The connection broke, or we close it: what is unfinished is refused. */
  void cutOff();
}
