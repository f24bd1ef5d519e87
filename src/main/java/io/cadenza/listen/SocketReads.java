package io.cadenza.listen;

import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * Stops and goes on reading a socket at once. Event loop of the socket; the class for streams that
 * knows the inside of Vert.x.
 *
 * <p>Why: a paused socket of Vert.x reads on until it holds sixteen pieces, up to 1 MiB. With
 * thousands of senders that is the whole heap, and on a stop it is gone, counted nowhere.
 */
final class SocketReads {
  private SocketReads() {}

  /** Reads no more: what comes waits in the kernel. For a socket that was paused. */
  static void stop(NetSocket socket) {
    set(socket, false);
  }

  /** Reads again. For a socket that is about to be resumed. */
  static void goOn(NetSocket socket) {
    set(socket, true);
  }

  private static void set(NetSocket socket, boolean reads) {
    ((NetSocketInternal) socket).channelHandlerContext().channel().config().setAutoRead(reads);
  }
}
