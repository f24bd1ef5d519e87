package io.cadenza.listen;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandle;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_REUSEPORT_CBPF = 51;
  private static final int SO_DETACH_REUSEPORT_BPF = 68;

  /** struct sock_fprog: a length, and behind a gap the address of the program. */
  private static final RawUnixChannelOption ATTACH =
      new RawUnixChannelOption("ATTACH", SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, 16);

  private static final RawUnixChannelOption DETACH =
      new RawUnixChannelOption("DETACH", SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, 4);

  private static final int INSTRUCTION = 8;
  private static final int RETURN = 0x06;

  private final Set<Channel> preferred = ConcurrentHashMap.newKeySet();
  private final Map<String, Channel> open = new ConcurrentHashMap<>();

  /** The transport that has these doors, where there is epoll; elsewhere doors just close. */
  public io.vertx.core.transport.Transport transport() {
    return isAvailable() ? new Native(this) : io.vertx.core.transport.Transport.NIO;
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
              if (door.isOpen()) { // Each instance of the listener asks for it.
                door.pipeline().get(Named.class).takeAll();
                door.close();
              }
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
    if (open.get(name) instanceof EpollServerSocketChannel door) {
      int all = Sharers.tcp(door.fd().intValue());
      if (all > 1) {
        prefer(door, all - 1);
      }
    }
  }

  /** A classic BPF program of one instruction says whose it is: the socket that came last. */
  private void prefer(Channel door, int index) {
    ByteBuf program = Unpooled.directBuffer(INSTRUCTION, INSTRUCTION);
    try {
      program.writeShortLE(RETURN).writeShortLE(0).writeIntLE(index);
      ByteBuffer option = ByteBuffer.allocate(ATTACH.length()).order(ByteOrder.nativeOrder());
      option.putShort(0, (short) 1).putLong(Long.BYTES, program.memoryAddress());
      door.config().setOption(ATTACH, option);
      preferred.add(door);
    } catch (ChannelException e) {
      LOG.debug("the kernel shares as it likes: {}", e.toString());
    } finally {
      program.release();
    }
  }

  /** Has the kernel share by sender again, among all who have the port. */
  void share(String name) {
    Channel door = open.get(name);
    if (door == null || !preferred.remove(door)) {
      return;
    }
    try {
      door.config().setOption(DETACH, ByteBuffer.allocate(DETACH.length()));
    } catch (ChannelException e) {
      LOG.debug("the kernel does not share as before: {}", e.toString());
    }
  }

  /** Notes a listening socket from its bind to its close. */
  private final class Named extends ChannelInboundHandlerAdapter {
    private final String name;
    private Channel door;
    private boolean came;

    private Named(String name) {
      this.name = name;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext made) {
      door = made.channel();
      open.put(name, door);
      door.closeFuture().addListener(closed -> leave(name, door));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object connection) throws Exception {
      came = true;
      super.channelRead(context, connection);
    }

    /** A read takes some; one that takes none says that there are no more. */
    private void takeAll() {
      do {
        came = false;
        readNow(door);
      } while (came);
    }
  }

  private void leave(String name, Channel door) {
    open.remove(name, door);
    preferred.remove(door);
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
