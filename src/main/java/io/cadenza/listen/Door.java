package io.cadenza.listen;

import io.cadenza.meter.Pace;
import io.cadenza.meter.Tally;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listening socket, from its bind to its close; one of the two classes for servers that use
 * Netty: see {@link Doors}. What it is told comes on any thread, what happens on its event loop.
 */
final class Door extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final long REST_MILLIS = 100;
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

  /** Who is told that a connection could not be accepted, and how often the log is. */
  record Keeper(String who, Tally failures, Pace pace) {
    private void failed(Throwable why) {
      failures.increment();
      long times;
      synchronized (pace) {
        times = pace.happened();
      }
      if (times > 0) {
        LOG.warn(
            "{} could not accept a connection: {} ({} time(s)); it waits and tries again",
            who,
            why.getMessage(),
            times);
      }
    }
  }

  private final Keeper keeper;
  private final Consumer<Door> closed;
  private Channel channel;
  private boolean came;
  private boolean preferred;

  /**
   * @param closed told when it is no more
   */
  Door(Keeper keeper, Consumer<Door> closed) {
    this.keeper = keeper;
    this.closed = closed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext made) {
    channel = made.channel();
    channel.closeFuture().addListener(gone -> closed.accept(this));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object connection) throws Exception {
    came = true;
    super.channelRead(context, connection);
  }

  /** It rests for a moment, so that it does not spin, and tries again. */
  @Override
  public void exceptionCaught(ChannelHandlerContext netty, Throwable why) {
    keeper.failed(why);
    if (channel.config().isAutoRead()) {
      channel.config().setAutoRead(false);
      Runnable again = () -> channel.config().setAutoRead(true);
      channel.eventLoop().schedule(again, REST_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Closes it behind all who stand in it; done when they have been given to their instances. */
  Future<Void> close() {
    Promise<Void> done = Promise.promise();
    channel.closeFuture().addListener(gone -> done.tryComplete());
    channel
        .eventLoop()
        .execute(
            () -> {
              if (channel.isOpen()) { // Else another instance of the listener has closed it.
                takeAll();
                channel.close();
              }
            });
    return done.future();
  }

  /** A read takes some; one that takes none says that there are no more. */
  private void takeAll() {
    do {
      came = false;
      Doors.readNow(channel);
    } while (came);
  }

  /** Has the kernel give all new connections of the port to this door. */
  synchronized void prefer() {
    if (channel instanceof EpollServerSocketChannel epoll) {
      int all = Sharers.tcp(epoll.fd().intValue());
      if (all > 1) {
        prefer(all - 1);
      }
    }
  }

  /** A classic BPF program of one instruction says whose it is: the socket that came last. */
  private void prefer(int index) {
    ByteBuf program = Unpooled.directBuffer(INSTRUCTION, INSTRUCTION);
    try {
      program.writeShortLE(RETURN).writeShortLE(0).writeIntLE(index);
      ByteBuffer option = ByteBuffer.allocate(ATTACH.length()).order(ByteOrder.nativeOrder());
      option.putShort(0, (short) 1).putLong(Long.BYTES, program.memoryAddress());
      channel.config().setOption(ATTACH, option);
      preferred = true;
    } catch (ChannelException e) {
      LOG.debug("the kernel shares as it likes: {}", e.toString());
    } finally {
      program.release();
    }
  }

  /** Has the kernel share by sender again, among all who have the port. */
  synchronized void share() {
    if (!preferred) {
      return;
    }
    preferred = false;
    try {
      channel.config().setOption(DETACH, ByteBuffer.allocate(DETACH.length()));
    } catch (ChannelException e) {
      LOG.debug("the kernel does not share as before: {}", e.toString());
    }
  }
}
