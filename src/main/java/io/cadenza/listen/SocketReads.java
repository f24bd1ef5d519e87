package io.cadenza.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * Stops and goes on reading a socket at once, and ends one side of it alone, or both at once. Event
 * loop of the socket; the class for streams that knows the inside of Vert.x.
 *
 * <p>Why: a paused socket of Vert.x reads on until it holds sixteen pieces, up to 1 MiB. With
 * thousands of senders that is the whole heap, and on a stop it is gone, counted nowhere. And it
 * can only be closed as a whole, so that what is under way to us would be lost.
 */
public final class SocketReads {
  private SocketReads() {}

  /** Reads no more: what comes waits in the kernel. For a socket that was paused. */
  public static void stop(NetSocket socket) {
    set(socket, false);
  }

  /** Reads again. For a socket that is about to be resumed. */
  public static void goOn(NetSocket socket) {
    set(socket, true);
  }

  /**
   * Has a socket stay open for us to write when its peer has said all, and tells of that; Vert.x
   * alone would close it at once, with the answers that are not written yet. Before it reads; who
   * calls it has to close the socket.
   */
  public static void onEnd(NetSocket socket, Runnable ended) {
    channel(socket).config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    ((NetSocketInternal) socket)
        .eventHandler(
            event -> {
              if (event == ChannelInputShutdownEvent.INSTANCE) {
                ended.run();
              }
            });
  }

  /**
   * Closes a socket at once; what is not written yet, which a close of Vert.x waits for, is lost.
   */
  public static void cut(NetSocket socket) {
    ((NetSocketInternal) socket).channelHandlerContext().close();
  }

  private static void set(NetSocket socket, boolean reads) {
    channel(socket).config().setAutoRead(reads);
  }

  /** Tells the sender that he should go, with a FIN; what he sends is read as before. */
  static void tell(NetSocket socket) {
    Channel channel = channel(socket);
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound().addListener(told -> shutdown(channel));
    } else {
      shutdown(channel);
    }
  }

  private static void shutdown(Channel channel) {
    if (channel.isActive() && channel instanceof DuplexChannel both) {
      both.shutdownOutput();
    }
  }

  private static Channel channel(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext().channel();
  }
}
