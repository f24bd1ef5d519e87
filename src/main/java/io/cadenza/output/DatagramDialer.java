package io.cadenza.output;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** Opens sockets for datagrams: all there is to fail is the name. */
final class DatagramDialer implements Dialer {
  private final DestinationConfig config;
  private final Vertx vertx;

  DatagramDialer(DestinationConfig config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
  }

  @Override
  public Future<Wire> dial() {
    return Internals.resolve(vertx, config.url().host())
        .timeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .map(this::open);
  }

  private Wire open(InetAddress address) {
    DatagramSocketOptions options = new DatagramSocketOptions();
    options.setIpV6(address instanceof Inet6Address);
    DatagramSocket socket = vertx.createDatagramSocket(options);
    return new DatagramWire(
        socket, address.getHostAddress(), config.url().port(), config.datagramBytes());
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
