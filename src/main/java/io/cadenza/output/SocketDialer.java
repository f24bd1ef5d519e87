package io.cadenza.output;

import io.cadenza.config.Url;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;

/** Opens TCP, TLS and unix connections. */
final class SocketDialer implements Dialer {
  private final DestinationConfig config;
  private final NetClient client;

  SocketDialer(DestinationConfig config, Vertx vertx) {
    this.config = config;
    NetClientOptions options = new NetClientOptions().setTcpNoDelay(true).setTcpKeepAlive(true);
    options.setConnectTimeout((int) config.connectTimeout().toMillis());
    if (config.tls().enabled()) {
      options.setSslHandshakeTimeout(config.connectTimeout().toMillis());
    }
    client = vertx.createNetClient(options);
  }

  @Override
  public Future<Wire> dial() {
    return client.connect(target()).map(SocketWire::new);
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
      options.setSniServerName(tls.serverName() != null ? tls.serverName() : url.host());
    }
    return options;
  }

  @Override
  public Encoder encoder() {
    return Dialers.encoder(config);
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
