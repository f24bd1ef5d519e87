package io.cadenza.listen;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandle;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The listening sockets of the servers of one Vert.x, by the name that each was given with {@link
 * NetServerOptions#setHost}: the one class for servers that uses Netty and the inside of Vert.x.
 * Any thread.
 *
 * <p>Why: a server of Vert.x closes its listening socket with all connections that the kernel has
 * accepted and nobody has taken yet, which are reset then; and nothing of it says to the kernel
 * which of several sockets on one port is to get the next ones.
 */
public final class Doors extends EpollTransport {
  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_REUSEPORT_CBPF = 51;
  private static final int SO_DETACH_REUSEPORT_BPF = 68;

  /** struct sock_fprog: a length, and behind a gap the address of the program. */
  private static final RawUnixChannelOption ATTACH =
      new RawUnixChannelOption("ATTACH", SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, 16);

  private static final RawUnixChannelOption DETACH =
      new RawUnixChannelOption("DETACH", SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, 4);

  private final Map<String, Channel> open = new ConcurrentHashMap<>();

  /** A Vert.x that has these doors, where there is epoll; elsewhere one whose doors just close. */
  public Vertx vertx(VertxOptions options) {
    return isAvailable()
        ? Vertx.builder().with(options).withTransport(new Native(this)).build()
        : Vertx.vertx(options);
  }

  @Override
  public void configure(NetServerOptions options, boolean unix, ServerBootstrap bootstrap) {
    super.configure(options, unix, bootstrap);
    bootstrap.handler(new Named(options.getHost()));
  }

  /**
   * Closes a door behind all who stand in it: what the kernel has accepted is taken first, in the
   * same turn of its event loop.
   *
   * @return done on some thread, when the connections have been given to the event loops of their
   *     instances; at once when there is no such door
   */
  Future<Void> close(String name) {
    Channel door = open.get(name);
    if (door == null) {
      return Future.succeededFuture();
    }
    Promise<Void> closed = Promise.promise();
    door.closeFuture().addListener(done -> closed.tryComplete());
    door.eventLoop()
        .execute(
            () -> {
              MaxMessagesRecvByteBufAllocator all = door.config().getRecvByteBufAllocator();
              all.maxMessagesPerRead(Integer.MAX_VALUE);
              readNow(door);
              door.close();
            });
    return closed.future();
  }

  /** Has a channel read what there is, without waiting to be told. On its event loop. */
  static void readNow(Channel channel) {
    if (channel.unsafe() instanceof EpollIoHandle epoll) {
      EpollIoEvent event = () -> EpollIoOps.EPOLLIN;
      ((IoHandle) epoll).handle(null, event);
    } else if (channel.unsafe() instanceof AbstractNioChannel.NioUnsafe nio) {
      nio.read();
    }
  }

  /**
   * Has the kernel give all new connections of a port to this door, whoever else shares it: those
   * who had it before have then time to take what they were given.
   */
  void prefer(String name) {
    Channel door = open.get(name);
    if (door instanceof UnixChannel socket) {
      prefer(door, Sharers.tcp(socket.fd().intValue()), 1);
    }
  }

  /**
   * Has the kernel give what comes to the last that share a port.
   *
   * @param all how many share it
   * @param own how many of those, the last that came, are to have it
   */
  static void prefer(Channel channel, int all, int own) {
    if (all <= own) {
      return;
    }
    // A classic BPF program: (hash of the packet) % own + (all - own) is whose it is.
    ByteBuf program = Unpooled.directBuffer(32, 32);
    try {
      program.writeLongLE(instruction(0x20, -0x1000 + 32));
      program.writeLongLE(instruction(0x94, own));
      program.writeLongLE(instruction(0x04, all - own));
      program.writeLongLE(instruction(0x16, 0));
      ByteBuffer option = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
      option.putShort(0, (short) 4).putLong(8, program.memoryAddress());
      channel.config().setOption(ATTACH, option);
    } finally {
      program.release();
    }
  }

  private static long instruction(int code, int operand) {
    return code | (long) operand << 32;
  }

  /** Has the kernel share by sender again, among all who have the port. */
  void share(String name) {
    Channel door = open.get(name);
    if (door instanceof UnixChannel) {
      share(door);
    }
  }

  static void share(Channel channel) {
    channel.config().setOption(DETACH, ByteBuffer.allocate(4));
  }

  /** Notes a listening socket from its bind to its close. */
  private final class Named extends ChannelInboundHandlerAdapter {
    private final String name;

    private Named(String name) {
      this.name = name;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext made) {
      Channel door = made.channel();
      open.put(name, door);
      door.closeFuture().addListener(closed -> open.remove(name, door));
    }
  }

  /** As Vert.x wants to be given a transport. */
  private record Native(Transport implementation) implements io.vertx.core.transport.Transport {
    @Override
    public String name() {
      return "epoll";
    }

    @Override
    public boolean available() {
      return implementation.isAvailable();
    }

    @Override
    public Throwable unavailabilityCause() {
      return implementation.unavailabilityCause();
    }
  }
}
