package io.cadenza.tool;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;

/** A way to one server, open. A write is done when the kernel, or the HTTP server, has taken it. */
interface Link {
  /** How long a server has to accept a connection. */
  int CONNECT_MILLIS = 5000;

  /** How many writes may be under way at once. */
  int window();

  /** Sends the bytes. */
  Future<Void> write(Buffer buffer);

  /** Closes it; writes under way fail. */
  Future<Void> close();

  /** Opens the way to a server. Over UDP and HTTP that alone tells nothing of the other end. */
  static Future<Link> open(Vertx vertx, Url url) {
    return switch (url.scheme()) {
      case TCP, UNIX -> Stream.open(vertx, url);
      case UDP -> Datagrams.open(vertx, url);
      case HTTP ->
          Future.succeededFuture(
              new Posts(
                  vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS)),
                  url));
    };
  }

  /** Over TCP or a unix socket. Holds the client: one that nobody holds is closed by the JVM. */
  record Stream(NetClient client, NetSocket socket) implements Link {
    static Future<Link> open(Vertx vertx, Url url) {
      var client =
          vertx.createNetClient(
              new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(CONNECT_MILLIS));
      return client.connect(url.socketAddress()).map(socket -> new Stream(client, socket));
    }

    @Override
    public int window() {
      return 16;
    }

    @Override
    public Future<Void> write(Buffer buffer) {
      return socket.write(buffer);
    }

    @Override
    public Future<Void> close() {
      return socket.close().eventually(client::close);
    }
  }

  /** Over UDP, to an address looked up once. */
  record Datagrams(DatagramSocket socket, int port, String address) implements Link {
    static Future<Link> open(Vertx vertx, Url url) {
      // A look-up of its own, as each send would do one: it fails now if the name is unknown.
      return vertx
          .executeBlocking(() -> InetAddress.getByName(url.host()).getHostAddress())
          .map(address -> new Datagrams(vertx.createDatagramSocket(), url.port(), address));
    }

    @Override
    public int window() {
      return 16;
    }

    @Override
    public Future<Void> write(Buffer buffer) {
      return socket.send(buffer, port, address);
    }

    @Override
    public Future<Void> close() {
      return socket.close();
    }
  }

  /** Over HTTP: each buffer is the body of a POST, and an answer of 2xx takes it. */
  record Posts(HttpClient client, Url url) implements Link {
    @Override
    public int window() {
      return 1;
    }

    @Override
    public Future<Void> write(Buffer buffer) {
      var options =
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setHost(url.host())
              .setPort(url.port())
              .setURI(url.path());
      return client
          .request(options)
          .compose(request -> request.send(buffer))
          .compose(Posts::accepted);
    }

    private static Future<Void> accepted(HttpClientResponse response) {
      return response.statusCode() / 100 == 2
          ? response.end()
          : Future.failedFuture(new IOException("answered " + response.statusCode()));
    }

    @Override
    public Future<Void> close() {
      return client.close();
    }
  }
}
