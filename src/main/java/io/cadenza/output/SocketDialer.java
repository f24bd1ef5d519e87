package io.cadenza.output;

import io.cadenza.config.Url;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/** Opens TCP, TLS and unix connections. */
final class SocketDialer implements Dialer {
  private final DestinationConfig config;
  private final long timeout;
  private final NetClient client;

  SocketDialer(DestinationConfig config, Vertx vertx) {
    this.config = config;
    this.timeout = config.connectTimeout().toMillis();
    NetClientOptions options = new NetClientOptions().setTcpNoDelay(true).setTcpKeepAlive(true);
    options.setConnectTimeout((int) timeout);
    if (config.tls().enabled()) {
      options.setSslHandshakeTimeout(timeout);
    }
    client = vertx.createNetClient(options);
  }

  @Override
  public Future<Wire> dial() {
    Future<NetSocket> made = client.connect(target());
    return made.timeout(timeout, TimeUnit.MILLISECONDS)
        .onFailure(late -> made.onSuccess(NetSocket::close))
        .map(socket -> new SocketWire(socket, Dialers.encoder(config), slabs()));
  }

  /** TLS makes something else of the lines, in memory of its own: it has no use for them. */
  private Slabs slabs() {
    boolean asTheyAre = !config.pickle() && !config.gzip() && !config.tls().enabled();
    return asTheyAre ? Internals.slabs() : Slabs.NONE;
  }

  private ConnectOptions target() {
    Url url = config.url();
    ConnectOptions options = new ConnectOptions();
    options.setRemoteAddress(
        url.scheme() == Url.Scheme.UNIX
            ? SocketAddress.domainSocketAddress(url.path())
            : SocketAddress.inetSocketAddress(url.port(), url.host()));
    ClientTls tls = config.tls();
    if (tls.enabled()) {
      options.setSsl(true).setSslOptions(tls.options());
      String name = tls.nameOf(url);
      if (!name.isEmpty()) {
        // The name that the certificate is checked for; without it, the address connected to.
        options.setHost(name).setPort(url.port());
      }
      if (ClientTls.mayBeAskedFor(name)) {
        options.setSniServerName(name);
      }
    }
    return options;
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
