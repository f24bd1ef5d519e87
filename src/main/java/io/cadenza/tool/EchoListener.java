package io.cadenza.tool;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** One address at which echo listens, and what came in there. On echo's event loop only. */
final class EchoListener {
  /**
   * Vert.x takes this both for the kernel's buffer and for the array of each read: as little as
   * holds any datagram whole, and a burst of some hundreds.
   */
  private static final int DATAGRAM_BUFFER = 256 * 1024;

  /** Takes what comes in. */
  interface Ear {
    /** One line; the array is the listener's again afterwards. */
    void line(EchoListener from, byte[] bytes, int start, int end);

    /** All lines of one read have been given. */
    void pause();
  }

  private final Ear ear;
  private final Set<LineCutter> open = new HashSet<>();
  private Supplier<Future<Void>> close = Future::succeededFuture;
  private Url url;
  private byte[] label;
  long lines;
  long bytes;

  EchoListener(Url url, Ear ear) {
    this.ear = ear;
    bound(url);
  }

  private EchoListener bound(Url actual) {
    url = actual;
    label = ("[ECHO from " + actual + "] ").getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** Where it listens; for port 0 the port that was given, once listening. */
  Url url() {
    return url;
  }

  /** What stands before each printed line. */
  byte[] label() {
    return label;
  }

  /** Starts to listen. To be called on the event loop that is to serve it. */
  Future<EchoListener> listen(Vertx vertx) {
    return switch (url.scheme()) {
      case TCP -> stream(vertx);
      case UNIX -> vertx.executeBlocking(this::clearPath).compose(v -> unix(vertx));
      case UDP -> datagrams(vertx);
      case HTTP -> http(vertx);
    };
  }

  private Future<EchoListener> stream(Vertx vertx) {
    var server = vertx.createNetServer().connectHandler(this::connected);
    close = server::close;
    return server.listen(url.socketAddress()).map(s -> bound(url.withPort(s.actualPort())));
  }

  private Future<EchoListener> unix(Vertx vertx) {
    return stream(vertx)
        .onSuccess(
            v -> {
              Supplier<Future<Void>> closeServer = close;
              close = () -> closeServer.get().compose(c -> vertx.executeBlocking(this::clearPath));
            });
  }

  private Future<EchoListener> http(Vertx vertx) {
    var server = vertx.createHttpServer().requestHandler(this::requested);
    close = server::close;
    return server.listen(url.socketAddress()).map(s -> bound(url.withPort(s.actualPort())));
  }

  private Future<EchoListener> datagrams(Vertx vertx) {
    var options = new DatagramSocketOptions().setReceiveBufferSize(DATAGRAM_BUFFER);
    var socket = vertx.createDatagramSocket(options);
    close = socket::close;
    socket.handler(packet -> took(packet.data()));
    return socket
        .listen(url.port(), url.host())
        .map(s -> bound(url.withPort(s.localAddress().port())));
  }

  /** Removes the file of a socket whose process has gone; one in use is left to fail the bind. */
  private Void clearPath() throws IOException {
    Path path = Path.of(url.path());
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      try {
        SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
      } catch (ConnectException e) {
        Files.delete(path);
      }
    }
    return null;
  }

  private void connected(NetSocket socket) {
    LineCutter cutter = opened();
    socket.handler(buffer -> took(cutter, buffer));
    // The end, not the close: that may come before the last bytes.
    socket.endHandler(v -> ended(cutter));
    socket.exceptionHandler(e -> ended(cutter));
  }

  private void requested(HttpServerRequest request) {
    LineCutter cutter = opened();
    request.handler(buffer -> took(cutter, buffer));
    request.exceptionHandler(e -> ended(cutter));
    request.endHandler(
        v -> {
          ended(cutter);
          request.response().setStatusCode(204).end();
        });
  }

  private LineCutter opened() {
    LineCutter cutter = new LineCutter(this::line);
    open.add(cutter);
    return cutter;
  }

  private void took(Buffer datagram) {
    LineCutter cutter = new LineCutter(this::line);
    bytes += datagram.length();
    cutter.take(datagram.getBytes());
    cutter.finish();
    ear.pause();
  }

  private void took(LineCutter cutter, Buffer buffer) {
    bytes += buffer.length();
    cutter.take(buffer.getBytes());
    ear.pause();
  }

  private void ended(LineCutter cutter) {
    if (open.remove(cutter)) {
      cutter.finish();
      ear.pause();
    }
  }

  private void line(byte[] line, int start, int end) {
    ear.line(this, line, start, end);
  }

  /** Stops listening; what is unfinished on a connection is its last line. */
  Future<Void> close() {
    Set.copyOf(open).forEach(this::ended);
    return close.get();
  }
}
