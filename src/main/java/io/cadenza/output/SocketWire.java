package io.cadenza.output;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;

/** A TCP, TLS or unix connection. What the peer sends is passed over. */
final class SocketWire implements Wire {
  private static final int WRITE_QUEUE = 512 * 1024;

  private final NetSocket socket;
  private Consumer<String> gone = why -> {};
  private String why = "closed by the peer";
  private boolean over;

  SocketWire(NetSocket socket) {
    this.socket = socket;
    socket.setWriteQueueMaxSize(WRITE_QUEUE);
    socket.handler(ignored -> {});
    socket.exceptionHandler(e -> why = e.toString());
    socket.closeHandler(closed -> broken());
    socket.endHandler(end -> broken());
  }

  private void broken() {
    if (!over) {
      over = true;
      gone.accept(why);
      socket.close();
    }
  }

  @Override
  public Future<Void> write(Buffer data) {
    return socket.write(data);
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
  public void onBroken(Consumer<String> then) {
    this.gone = then;
  }

  @Override
  public Future<Void> close() {
    over = true;
    return socket.close();
  }
}
