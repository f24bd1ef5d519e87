package io.cadenza.listen;

import io.cadenza.config.Url;
import io.cadenza.meter.Pace;
import io.cadenza.meter.Tally;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.unix.DomainSocketAddress;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport of Vert.x with an eye on its servers: when a connection can't be accepted, as there
 * are no file descriptors left, that is counted at its listener and told in the log now and then;
 * the server rests for a moment, so that it does not spin, and tries again. What is connected goes
 * on. Any thread.
 *
 * <p>Why it knows Netty: Vert.x tells nobody, and Netty fills the log with a stack trace each time.
 */
public final class Acceptors implements io.vertx.core.transport.Transport, Transport {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptors.class);
  private static final long REST_MILLIS = 100;

  private final io.vertx.core.transport.Transport chosen;
  private final Transport inner;
  private final Map<String, Door> doors = new ConcurrentHashMap<>();
  private final Door others;

  private record Door(String who, Tally failures, Pace pace) {
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

  private Acceptors(io.vertx.core.transport.Transport chosen, Tally others, InstantSource clock) {
    this.chosen = chosen;
    this.inner = chosen.implementation();
    this.others = new Door("a server", others, new Pace(clock));
  }

  /**
   * Watches the servers of a transport.
   *
   * @param others counts what no listener fails to accept
   * @param clock a steady one
   */
  public static Acceptors over(
      io.vertx.core.transport.Transport chosen, Tally others, InstantSource clock) {
    return new Acceptors(chosen, others, clock);
  }

  /** Says whose connections come in at an address. */
  public void watch(ListenerConfig listener, Tally failures, InstantSource clock) {
    Url url = listener.url();
    String at = url.scheme() == Url.Scheme.UNIX ? url.path() : String.valueOf(url.port());
    doors.put(at, new Door("listener " + listener.name(), failures, new Pace(clock)));
  }

  private Door door(SocketAddress address) {
    String at =
        address instanceof DomainSocketAddress file
            ? file.path()
            : address instanceof InetSocketAddress inet ? String.valueOf(inet.getPort()) : "";
    return doors.getOrDefault(at, others);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    ChannelFactory<? extends ServerChannel> made = inner.serverChannelFactory(domainSocket);
    return () -> {
      ServerChannel channel = made.newChannel();
      channel.pipeline().addLast(new Watch());
      return channel;
    };
  }

  @Sharable
  private final class Watch extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext netty, Throwable why) {
      Channel channel = netty.channel();
      door(channel.localAddress()).failed(why);
      if (channel.config().isAutoRead()) {
        channel.config().setAutoRead(false);
        Runnable again = () -> channel.config().setAutoRead(true);
        channel.eventLoop().schedule(again, REST_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  @Override
  public String name() {
    return chosen.name();
  }

  @Override
  public boolean available() {
    return chosen.available();
  }

  @Override
  public Throwable unavailabilityCause() {
    return chosen.unavailabilityCause();
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

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    inner.configure(options, domainSocket, bootstrap);
  }
}
