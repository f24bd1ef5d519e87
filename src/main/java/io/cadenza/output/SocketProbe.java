package io.cadenza.output;

import io.cadenza.config.Url;
import io.cadenza.meter.Complaints;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;

/**
 * Connects; and, where a statsd of node is asked, sends its management interface {@code health} and
 * looks for {@code up} in the answer, as its own proxy does.
 */
final class SocketProbe implements Probe {
  private static final int LONGEST_ANSWER = 1024;

  private final NetClient client;
  private final SocketAddress address;
  private final boolean speaks;
  private final Asking asking = new Asking();

  SocketProbe(CheckConfig config, Vertx vertx) {
    Url url = config.url();
    speaks = config.kind() == CheckConfig.Kind.STATSD;
    address =
        url.scheme() == Url.Scheme.UNIX
            ? SocketAddress.domainSocketAddress(url.path())
            : SocketAddress.inetSocketAddress(url.port(), url.host());
    client =
        vertx.createNetClient(
            new NetClientOptions().setConnectTimeout((int) config.timeout().toMillis()));
  }

  @Override
  public Future<Void> ask() {
    return asking.on(client.connect(address), this::answer, NetSocket::close);
  }

  private Future<Void> answer(NetSocket socket) {
    if (!speaks) {
      return Future.succeededFuture();
    }
    Promise<Void> told = Promise.promise();
    Buffer text = Buffer.buffer();
    socket.handler(
        part -> {
          int room = LONGEST_ANSWER - text.length();
          text.appendBuffer(part, 0, Math.min(part.length(), room));
          judge(text, told);
        });
    socket.exceptionHandler(e -> told.tryFail(Failure.of(e)));
    socket.endHandler(end -> told.tryFail(new Failure("closed", "closed without an answer")));
    socket.closeHandler(end -> told.tryFail(new Failure("closed", "closed without an answer")));
    socket.write("health\r\n");
    return told.future();
  }

  private static void judge(Buffer text, Promise<Void> told) {
    String answer = text.toString();
    if (answer.contains("up")) {
      told.tryComplete();
    } else if (answer.indexOf('\n') >= 0 || text.length() == LONGEST_ANSWER) {
      byte[] bytes = text.getBytes();
      String shown = Complaints.shown(bytes, 0, bytes.length).strip();
      told.tryFail(new Failure("answer", "answered \"" + shown + "\""));
    }
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
