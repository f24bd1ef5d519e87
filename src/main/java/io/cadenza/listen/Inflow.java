package io.cadenza.listen;

import io.vertx.core.buffer.Buffer;

/**
 * What comes in from one sender, in the order it comes: finds the lines in it and gives them to the
 * {@link Intake}, which knows who the sender is. Belongs to the listener's event loop.
 */
interface Inflow {
  /** Takes what was read. */
  void take(Buffer piece);

  /** Takes what lies in an array; the bytes are reused after the call. */
  void take(byte[] bytes, int from, int to);

  /** The sender has finished: what is left counts. After it another stream may begin. */
  void end();

  /** The connection broke, or we close it: what is unfinished is refused. */
  void cutOff();

  /** Goes on with what was kept back while there was no room. Answers whether all of it is done. */
  default boolean proceed() {
    return true;
  }

  /** Whether the stream makes no sense any more, so that its connection should be closed. */
  default boolean broken() {
    return false;
  }
}
