package io.cadenza.listen;

import io.cadenza.bus.Leave;
import io.cadenza.config.Url;
import io.cadenza.meter.Tally;
import io.vertx.core.Future;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * How one listener comes to its address and leaves it, all its instances together. Made by who
 * deploys them; any thread.
 *
 * <p>It has a name of its own, so that a listener can come beside another on the same address in
 * the same process: Vert.x would make one server of the two.
 */
public final class Entrance {
  private final Doors doors;
  private final Url url;
  private final String name;
  private volatile Leave leave = new Leave(Duration.ZERO, Duration.ZERO, false);

  /**
   * @param name like no other's at the time
   */
  public Entrance(Doors doors, Url url, String name) {
    this.doors = doors;
    this.url = url;
    this.name = name;
  }

  /**
   * Finds out whether another process has the address: two that share it would each get a part of
   * what is sent there, without a word. Blocks shortly.
   *
   * @throws IOException when it has
   */
  public void checkFree() throws IOException {
    if (url.port() == 0 && url.scheme() != Url.Scheme.UNIX) {
      return;
    }
    switch (url.scheme()) {
      case UNIX -> new SocketFile(url.path(), name, "0600").checkFree();
      case UDP -> {
        try (DatagramChannel probe = DatagramChannel.open()) {
          probe.bind(bound());
        }
      }
      default -> {
        try (SocketChannel probe = SocketChannel.open()) {
          probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
          probe.bind(bound());
        }
      }
    }
  }

  private InetSocketAddress bound() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(url.host()), url.port());
  }

  /** What a server is told so that it is known by its name. */
  <T extends NetServerOptions> T named(T options) {
    options.setHost(name);
    return options;
  }

  /** Where a server listens. Looks the host up, and so may block shortly. */
  SocketAddress address() throws UnknownHostException {
    byte[] ip = InetAddress.getByName(url.host()).getAddress();
    return SocketAddress.inetSocketAddress(
        new InetSocketAddress(InetAddress.getByAddress(name, ip), url.port()));
  }

  /** The file of a unix socket. */
  SocketFile file(String permissions) {
    return new SocketFile(url.path(), name, permissions);
  }

  /** Lets nobody in any more; done when all are in who had come. The first instance does it. */
  Future<Void> close() {
    return doors.close(name);
  }

  /** Has new connections come in here, not at another entrance on the same port. Blocks shortly. */
  public void prefer() {
    doors.prefer(name);
  }

  /** Has new connections come in wherever the kernel likes. */
  public void share() {
    doors.share(name);
  }

  /**
   * Says who is told when nobody can be let in; before the instances start.
   *
   * @param who for the log, as {@code listener graphite}
   */
  public void watch(String who, Tally failures) {
    doors.watch(name, who, failures);
  }

  /** All instances are gone, or none started. */
  public void over() {
    doors.forget(name);
  }

  /** Says how long the instances may take to stop; before they are told to. */
  public void leave(Leave now) {
    leave = now;
  }

  Leave leave() {
    return leave;
  }
}
