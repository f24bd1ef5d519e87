package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.function.Consumer;

/** A TCP, TLS or unix connection. What the peer sends is passed over. */
final class SocketWire implements Wire {
  private static final int WRITE_QUEUE = 512 * 1024;

  private final NetSocket socket;
  private final Encoder encoder;
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
      close();
      if (gone != null) {
        gone.accept(why);
      }
    }
  }

  @Override
  public Future<Refused> write(List<LineRun> runs) {
    Buffer data = encoder.encode(runs);
    Refused left = Refused.notGraphite(encoder.refused());
    return data.length() == 0 ? Future.succeededFuture(left) : socket.write(data).map(left);
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
  public Future<Void> close() {
    over = true;
    encoder.close();
    return socket.close();
  }

  @Override
  public Future<Void> abort() {
    over = true;
    encoder.close();
    Promise<Void> closed = Promise.promise();
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    // Not by way of the pipeline, where TLS would first wait to say goodbye.
    channel.eventLoop().execute(() -> channel.unsafe().close(channel.newPromise()));
    channel.closeFuture().addListener(done -> closed.tryComplete());
    return closed.future();
  }
}
