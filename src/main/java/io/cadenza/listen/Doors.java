package io.cadenza.listen;

import io.cadenza.meter.Pace;
import io.cadenza.meter.Tally;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.Future;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * The transport of one Vert.x with a hand on the listening sockets of its servers, by the name that
 * each was given with {@link NetServerOptions#setHost}. Any thread.
 *
 * <p>Why it knows Netty and the inside of Vert.x: a server of Vert.x closes its listening socket
 * with all connections that the kernel has accepted and nobody has taken yet, which are reset then;
 * nothing of it says to the kernel which of several sockets on one port is to get the next ones;
 * and when a connection can't be accepted, as there are no file descriptors left, Vert.x tells
 * nobody, and Netty fills the log with a stack trace each time.
 */
public final class Doors implements io.vertx.core.transport.Transport, Transport {
  private final Transport inner = epollOrNio();
  private final Map<String, Door> open = new ConcurrentHashMap<>();
  private final Map<String, Door.Keeper> keepers = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Door.Keeper others;

  /**
   * @param others counts what is not accepted by servers of no name
   * @param clock a steady one
   */
  public Doors(Tally others, InstantSource clock) {
    this.clock = clock;
    this.others = new Door.Keeper("a server", others, new Pace(clock));
  }

  private static Transport epollOrNio() {
    Transport epoll = new EpollTransport();
    return epoll.isAvailable() ? epoll : NIO.implementation();
  }

  /**
   * Says who is to be told when a door that will open accepts no more.
   *
   * @param who for the log, as {@code listener graphite}
   */
  public void watch(String name, String who, Tally failures) {
    keepers.put(name, new Door.Keeper(who, failures, new Pace(clock)));
  }

  /** A door is no more, or never opened. */
  public void forget(String name) {
    keepers.remove(name);
  }

  @Override
  public void configure(NetServerOptions options, boolean unix, ServerBootstrap bootstrap) {
    inner.configure(options, unix, bootstrap);
    String name = options.getHost();
    Door door = new Door(keepers.getOrDefault(name, others), gone -> open.remove(name, gone));
    open.put(name, door);
    bootstrap.handler(door);
  }

  /**
   * Closes a door behind all who stand in it: what the kernel has accepted is taken first, in the
   * same turn of its event loop.
   *
   * @return done on some thread, when the connections have been given to the event loops of their
   *     instances; at once when there is no such door
   */
  Future<Void> close(String name) {
    Door door = open.get(name);
    return door == null ? Future.succeededFuture() : door.close();
  }

  /**
   * Has the kernel give all new connections of a port to this door, whoever else shares it: those
   * who had it before have then time to take what they were given. Reads files of the system that
   * are long where connections are many: not for an event loop.
   */
  void prefer(String name) {
    with(name, Door::prefer);
  }

  /** Has the kernel share by sender again, among all who have the port. */
  void share(String name) {
    with(name, Door::share);
  }

  private void with(String name, Consumer<Door> task) {
    Door door = open.get(name);
    if (door != null) {
      task.accept(door);
    }
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

  @Override
  public String name() {
    return inner instanceof EpollTransport ? "epoll" : NIO.name();
  }

  @Override
  public boolean available() {
    return inner.isAvailable();
  }

  @Override
  public Throwable unavailabilityCause() {
    return inner.unavailabilityCause();
  }

  @Override
  public Transport implementation() {
    return this;
  }

  @Override
  public boolean supportsDomainSockets() {
    return inner.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return inner.supportFileRegion();
  }

  @Override
  public boolean isAvailable() {
    return inner.isAvailable();
  }

  @Override
  public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
    return inner.convert(address);
  }

  @Override
  public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
    return inner.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return inner.ioHandlerFactory();
  }

  @Override
  public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ratio) {
    return inner.eventLoopGroup(type, threads, factory, ratio);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return inner.serverChannelFactory(domainSocket);
  }

  @Override
  public DatagramChannel datagramChannel() {
    return inner.datagramChannel();
  }

  @Override
  @SuppressWarnings("deprecation") // Vert.x asks for it.
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return inner.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return inner.channelFactory(domainSocket);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    inner.configure(channel, options);
  }

  @Override
  public void configure(
      ClientOptionsBase options, int timeout, boolean domainSocket, Bootstrap bootstrap) {
    inner.configure(options, timeout, domainSocket, bootstrap);
  }
}
