package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.function.Consumer;

/** A TCP, TLS or unix connection. What the peer sends is passed over. */
final class SocketWire implements Wire {
  private static final int WRITE_QUEUE = 512 * 1024;

  private final NetSocket socket;
  private final Encoder encoder;
  private final PeerWindow window = new PeerWindow();
  private Consumer<Failure> gone;
  private Failure why = Failure.CLOSED;
  private boolean over;

  SocketWire(NetSocket socket, Encoder encoder) {
    this.socket = socket;
    this.encoder = encoder;
    socket.setWriteQueueMaxSize(WRITE_QUEUE);
    socket.handler(ignored -> {});
    socket.exceptionHandler(e -> why = Failure.of(e));
    socket.closeHandler(closed -> broken());
    socket.endHandler(end -> broken());
  }

  private void broken() {
    if (!over) {
      over = true;
      abandon();
      if (gone != null) {
        gone.accept(why);
      }
    }
  }

  @Override
  public Future<Refused> write(List<LineRun> runs) {
    Buffer data = encoder.encode(runs);
    Refused left = Refused.notGraphite(encoder.refused());
    if (data.length() == 0) {
      return Future.succeededFuture(left);
    }
    return socket
        .write(data)
        .transform(
            done ->
                done.succeeded()
                    ? Future.succeededFuture(left)
                    : Future.failedFuture(why == Failure.CLOSED ? done.cause() : why));
  }

  @Override
  public boolean full() {
    return socket.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable go) {
    socket.drainHandler(drained -> go.run());
  }

  @Override
  public void onBroken(Consumer<Failure> then) {
    gone = then;
    if (over) {
      then.accept(why);
    }
  }

  @Override
  public long unread() {
    return window.unread(Internals.tcpInfo(socket));
  }

  @Override
  public Future<Void> close() {
    over = true;
    encoder.close();
    return socket.close();
  }

  @Override
  public void abandon() {
    over = true;
    encoder.close();
    Internals.closeNow(socket);
  }
}
