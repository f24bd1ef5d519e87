package io.cadenza.output;

import io.cadenza.config.Url;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/** Opens connections of HTTP and HTTPS, each for one request after another. */
final class HttpDialer implements Dialer {
  private final DestinationConfig config;
  private final long timeout;
  private final boolean tls;
  private final HttpClientAgent client;

  HttpDialer(DestinationConfig config, Vertx vertx) {
    this.config = config;
    this.timeout = config.connectTimeout().toMillis();
    this.tls = config.tls().enabled() || config.url().scheme() == Url.Scheme.HTTPS;
    HttpClientOptions options = new HttpClientOptions();
    options.setConnectTimeout((int) timeout).setTcpNoDelay(true).setTcpKeepAlive(true);
    if (tls) {
      options.setSslHandshakeTimeout(timeout);
    }
    client = vertx.createHttpClient(options);
  }

  @Override
  public Future<Wire> dial() {
    Future<HttpClientConnection> made = client.connect(target());
    return made.timeout(timeout, TimeUnit.MILLISECONDS)
        .onFailure(late -> made.onSuccess(HttpClientConnection::close))
        .map(connection -> new HttpWire(connection, config, Dialers.encoder(config)));
  }

  private HttpConnectOptions target() {
    Url url = config.url();
    HttpConnectOptions options = new HttpConnectOptions();
    options.setServer(SocketAddress.inetSocketAddress(url.port(), url.host()));
    options.setHost(url.host()).setPort(url.port()).setSsl(tls);
    if (tls) {
      options.setHost(config.tls().nameOf(url)).setSslOptions(config.tls().options());
    }
    return options;
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
