package io.cadenza.api;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * What the public API of Vert.x has no way to do: the only class of this package that knows its
 * internals, or Netty.
 */
final class Internals {
  private Internals() {}

  /**
   * Closes a connection whatever is still to be written. The public close waits for that first: for
   * ever, if the client does not read.
   */
  static void closeNow(HttpConnection connection) {
    ((HttpServerConnection) connection).channelHandlerContext().close();
  }
}
