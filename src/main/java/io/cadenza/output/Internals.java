package io.cadenza.output;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the public API of Vert.x has no way to do: the only class of this package that knows its
 * internals, or Netty.
 */
final class Internals {
  private static final int IPPROTO_TCP = 6;
  private static final int INFO = 11;
  private static final RawUnixChannelOption TCP_INFO =
      new RawUnixChannelOption("TCP_INFO", IPPROTO_TCP, INFO, PeerWindow.SIZE);

  private static final FastThreadLocal<Slabs> SLABS =
      new FastThreadLocal<>() {
        @Override
        protected Slabs initialValue() {
          return new Slabs(Slabs.MOST);
        }

        @Override
        protected void onRemoval(Slabs slabs) {
          slabs.close();
        }
      };

  private Internals() {}

  /** Those of the current event loop, which lets go of them when it ends. */
  static Slabs slabs() {
    return SLABS.get();
  }

  /**
   * A buffer over an array that nobody writes to any more. The public API copies it, which here
   * would be one more copy of every byte that leaves the process.
   */
  static Buffer wrapped(byte[] bytes, int from, int size) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, size));
  }

  static Buffer wrapped(byte[] bytes) {
    return wrapped(bytes, 0, bytes.length);
  }

  /** Looks a name up as connecting does: the hosts file, then DNS, and no thread waits. */
  static Future<InetAddress> resolve(Vertx vertx, String host) {
    return ((VertxInternal) vertx).nameResolver().resolve(host);
  }

  /** What the kernel knows of a TCP connection, as its struct tcp_info; null where it can't say. */
  static ByteBuffer tcpInfo(NetSocket socket) {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    if (!(channel instanceof EpollSocketChannel) || !channel.isOpen()) {
      return null;
    }
    try {
      return channel.config().getOption(TCP_INFO).order(ByteOrder.nativeOrder());
    } catch (ChannelException gone) {
      return null;
    }
  }

  /**
   * Closes a connection whatever is still to be written. The public close waits for that first: for
   * ever, if the peer does not read.
   */
  static void closeNow(NetSocket socket) {
    ((NetSocketInternal) socket).channelHandlerContext().close();
  }

  /**
   * Memory outside the heap: what is written from there is not copied once more on its way to the
   * kernel. It is among the direct bytes that the process tells of.
   */
  static final class Memory {
    private final ByteBuf bytes;

    private Memory(ByteBuf bytes) {
      this.bytes = bytes;
    }

    /** So many bytes, or null when that much is not to be had. */
    static Memory of(int size) {
      try {
        return new Memory(Unpooled.directBuffer(size, size));
      } catch (OutOfMemoryError none) {
        return null; // Of what is outside the heap: who asks can do without.
      }
    }

    void put(int at, byte[] from, int start, int size) {
      bytes.setBytes(at, from, start, size);
    }

    /**
     * Some of its bytes, for a socket. Vert.x gives them on as what can't be released, so they stay
     * ours; and nobody has room there to append to.
     */
    Buffer part(int from, int size) {
      return BufferInternal.buffer(bytes.slice(from, size));
    }

    void release() {
      bytes.release();
    }
  }
}
