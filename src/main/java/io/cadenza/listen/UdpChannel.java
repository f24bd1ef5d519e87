package io.cadenza.listen;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket on the event loop of a verticle: the one class for datagrams that uses Netty and the
 * inside of Vert.x.
 *
 * <p>Why: a datagram socket of Vert.x cuts datagrams at 2048 bytes or, where it is given a larger
 * receive buffer, allocates one of that size for each read, which loses most of a burst; it reads
 * one datagram a turn; and its kernel buffer can't be set apart. Here the kernel's buffer and the
 * read buffer are two things, and up to 256 datagrams are read before others have their turn.
 *
 * <p>To wake up for a datagram costs more than to read it. So where they come in quick succession,
 * the socket is looked at every now and then, and the kernel keeps them until then: see {@link
 * Rests}. With the native transport they are then read many at a call: see {@link KernelQueue}.
 *
 * <p>The bytes of a datagram are lent: they are the kernel's copy, and gone after the call.
 */
final class UdpChannel extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger LOG = LoggerFactory.getLogger(UdpChannel.class);

  private static final int LONGEST = KernelQueue.LONGEST;
  private static final int READS_A_TURN = 256;

  /** Takes what was sent. */
  interface Receiver {
    void datagram(Buffer bytes, Object sender);
  }

  private final ContextInternal context;
  private final Receiver receiver;
  private final Handler<DatagramPacket> received = this::received;
  private final Handler<Buffer> queued = this::queued;
  private final OneBuffer buffer = new OneBuffer();
  private final Rests rests = new Rests(READS_A_TURN);
  private final Runnable goOn = this::goOn;
  private DatagramChannel channel;
  private InetSocketAddress last;
  private int reads;
  private int room;
  private KernelQueue queue;
  private boolean queueAskedFor;

  private UdpChannel(ContextInternal context, Receiver receiver) {
    this.context = context;
    this.receiver = receiver;
  }

  /** Whether several sockets may share a port, the kernel dealing out the senders. */
  static boolean shares(Vertx vertx) {
    return vertx.isNativeTransportEnabled() && Epoll.isAvailable();
  }

  /**
   * Opens a socket; the receiver is called on the context.
   *
   * @param share whether others have the same port: only where {@link #shares} says so
   * @param kernelBytes what the kernel should hold
   */
  static Future<UdpChannel> open(
      Vertx vertx,
      Context context,
      InetSocketAddress address,
      boolean share,
      int kernelBytes,
      Receiver receiver) {
    UdpChannel made = new UdpChannel((ContextInternal) context, receiver);
    Bootstrap bootstrap = new Bootstrap().group(made.context.nettyEventLoop()).handler(made);
    if (shares(vertx)) {
      bootstrap.channel(EpollDatagramChannel.class).option(UnixChannelOption.SO_REUSEPORT, share);
    } else {
      bootstrap.channel(NioDatagramChannel.class);
    }
    ChannelFuture bound = bootstrap.bind(address);
    made.channel = (DatagramChannel) bound.channel();
    made.channel.config().setReceiveBufferSize(kernelBytes);
    made.channel.config().setRecvByteBufAllocator(made.buffer);
    return made.told(bound).map(made);
  }

  private Future<Void> told(ChannelFuture future) {
    Promise<Void> promise = context.promise();
    future.addListener(
        done -> {
          if (done.isSuccess()) {
            promise.complete();
          } else {
            promise.fail(done.cause());
          }
        });
    return promise.future();
  }

  /** The port that was bound. */
  int port() {
    return channel.localAddress().getPort();
  }

  /** What the kernel holds of that it was asked for; Linux tells twice as much, for its own use. */
  int kernelBytes() {
    int told = channel.config().getReceiveBufferSize();
    return Epoll.isAvailable() ? told / 2 : told;
  }

  /** Reads what has come, and closes the socket in the same turn of its event loop. */
  Future<Void> close() {
    Promise<Void> closed = context.promise();
    channel
        .eventLoop()
        .execute(
            () -> {
              do {
                reads = 0;
                Doors.readNow(channel);
              } while (reads > 0);
              told(channel.close()).onComplete(closed);
            });
    return closed.future();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext netty, DatagramPacket packet) {
    came(packet.content().readableBytes());
    // One sender's datagrams have one address, so that a batch need not keep thousands of them.
    if (!packet.sender().equals(last)) {
      last = packet.sender();
    }
    context.emit(packet, received);
  }

  private void received(DatagramPacket packet) {
    receiver.datagram(BufferInternal.buffer(packet.content()), last);
  }

  private void queued(Buffer bytes) {
    receiver.datagram(bytes, last);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext netty) {
    if (queue != null) {
      readQueue(READS_A_TURN - 1);
    }
    rest();
  }

  private void rest() {
    if (room == 0) {
      room = kernelBytes();
    }
    long rest = rests.turnEnded(System.nanoTime(), room);
    channel.config().setAutoRead(rest == 0);
    if (rest > 0) {
      if (!queueAskedFor) {
        queueAskedFor = true;
        openQueue();
      }
      channel.eventLoop().schedule(goOn, rest, TimeUnit.NANOSECONDS);
    }
  }

  /** Only when many come: a queue takes a megabyte, and time to find what it calls. */
  private void openQueue() {
    if (channel instanceof EpollDatagramChannel) {
      context
          .executeBlocking(KernelQueue::open, false)
          .onSuccess(this::useQueue)
          .onFailure(e -> LOG.info("datagrams are read one at a time: {}", e.toString()));
    }
  }

  /** From now on Netty says that there is something, and reads one. */
  private void useQueue(KernelQueue opened) {
    queue = opened;
    buffer.maxMessagesPerRead(1);
  }

  /** Whether datagrams are read many at a call. */
  boolean readsMany() {
    return queue != null;
  }

  /** Without a queue to read at once is no good: without auto-read Netty reads one a turn. */
  private void goOn() {
    if (!channel.isOpen()) {
      return;
    }
    if (queue == null) {
      channel.config().setAutoRead(true);
    } else {
      readQueue(READS_A_TURN);
      rest();
    }
  }

  private void readQueue(int most) {
    int file = ((EpollDatagramChannel) channel).fd().intValue();
    try {
      int count;
      int left = most;
      do {
        count = queue.read(file, Math.min(left, KernelQueue.MOST));
        for (int i = 0; i < count; i++) {
          last = queue.sender(i);
          came(queue.bytes(i).length());
          context.emit(queue.bytes(i), queued);
        }
        left -= count;
      } while (count == KernelQueue.MOST && left > 0);
    } catch (IOException e) {
      context.reportException(e);
    }
  }

  private void came(int size) {
    reads++;
    rests.came(size);
  }

  /** The channel is closed, or never was open. */
  @Override
  public void handlerRemoved(ChannelHandlerContext netty) {
    buffer.release();
  }

  /** A datagram that could not be read costs itself, as an ICMP error does. */
  @Override
  public void exceptionCaught(ChannelHandlerContext netty, Throwable cause) {
    context.reportException(cause);
  }

  /**
   * Reads into one buffer again and again, where the one before has been given back: it is then
   * warm, and nothing is allocated.
   */
  private static final class OneBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private final ByteBuf own = Unpooled.directBuffer(LONGEST, LONGEST);

    private OneBuffer() {
      super(READS_A_TURN);
    }

    private void release() {
      own.release();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty says what to use instead, and then asks for this.
    public Handle newHandle() {
      return new Reuse();
    }

    private final class Reuse extends MaxMessageHandle {
      @Override
      public int guess() {
        return LONGEST;
      }

      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        boolean free = own.refCnt() == 1;
        return free ? own.clear().retain() : allocator.ioBuffer(LONGEST);
      }
    }
  }
}
