package io.cadenza.output;

import io.cadenza.config.Url;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

/**
 * Asks with a GET on a connection of its own. The status decides; of the body nothing is read, the
 * connection is closed instead.
 */
final class HttpProbe implements Probe {
  private final CheckConfig config;
  private final ClientTls tls;
  private final HttpClientAgent client;
  private final Asking asking = new Asking();

  /**
   * @param tls of the destination: how an https URL is verified
   */
  HttpProbe(CheckConfig config, ClientTls tls, Vertx vertx) {
    this.config = config;
    this.tls = tls;
    HttpClientOptions options = new HttpClientOptions();
    options.setConnectTimeout((int) config.timeout().toMillis());
    if (isTls()) {
      options.setSslHandshakeTimeout(config.timeout().toMillis());
    }
    client = vertx.createHttpClient(options);
  }

  private boolean isTls() {
    return config.url().scheme() == Url.Scheme.HTTPS;
  }

  @Override
  public Future<Void> ask() {
    Future<HttpClientConnection> connecting =
        client.connect(target()).onSuccess(HttpProbe::silence);
    return asking.on(connecting, this::answer, HttpClientConnection::close);
  }

  private HttpConnectOptions target() {
    Url url = config.url();
    HttpConnectOptions options = new HttpConnectOptions();
    options.setServer(SocketAddress.inetSocketAddress(url.port(), url.host()));
    options.setHost(url.host()).setPort(url.port()).setSsl(isTls());
    if (isTls()) {
      options.setHost(tls.nameOf(url)).setSslOptions(tls.options());
    }
    return options;
  }

  /** What is asked fails too; here it would only be logged. */
  private static void silence(HttpClientConnection connection) {
    connection.exceptionHandler(ignored -> {});
  }

  private Future<Void> answer(HttpClientConnection connection) {
    Url url = config.url();
    RequestOptions get = new RequestOptions().setURI(url.path());
    get.setHost(url.host()).setPort(url.port());
    return connection.request(get).compose(HttpClientRequest::send).compose(this::judge);
  }

  private Future<Void> judge(HttpClientResponse response) {
    response.exceptionHandler(ignored -> {}).pause();
    int code = response.statusCode();
    return config.status().has(code)
        ? Future.succeededFuture()
        : Future.failedFuture(new Failure("status", "answered " + code));
  }

  @Override
  public void giveUp() {
    asking.giveUp();
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
