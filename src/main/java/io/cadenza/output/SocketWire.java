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
  private final WriteMemory memory;
  private final PeerWindow window = new PeerWindow();
  private Consumer<Failure> gone;
  private Failure why = Failure.CLOSED;
  private boolean over;

  /**
   * @param slabs to write lines from as they are; none where the encoder makes something of them
   */
  SocketWire(NetSocket socket, Encoder encoder, Slabs slabs) {
    this.socket = socket;
    this.encoder = encoder;
    memory = new WriteMemory(slabs);
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
    Slab slab = memory.room(LineEncoder.size(runs));
    if (slab != null) {
      return told(write(runs, slab), Refused.NONE);
    }
    Buffer data = encoder.encode(runs);
    Refused left = Refused.notGraphite(encoder.refused());
    return data.length() == 0 ? Future.succeededFuture(left) : told(socket.write(data), left);
  }

  /**
   * Netty completes a write when the kernel has the last byte, or when it has let go of it because
   * the connection is closed: in both cases once, and it does not read the slab again.
   */
  private Future<Void> write(List<LineRun> runs, Slab slab) {
    return socket.write(slab.add(runs)).onComplete(done -> memory.over(slab));
  }

  private Future<Refused> told(Future<Void> written, Refused left) {
    return written.transform(
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
