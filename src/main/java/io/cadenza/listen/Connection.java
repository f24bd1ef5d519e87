package io.cadenza.listen;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** One open connection of a stream listener. Belongs to the listener's event loop. */
final class Connection {
  final NetSocket socket;
  private final Intake intake;
  private final Inflow inflow;
  private final IdleWatch watch;
  private int active;
  private boolean cut;
  private boolean read;
  private int quietLooks;
  private boolean over;

  Connection(NetSocket socket, Intake intake, Inflow inflow, IdleWatch watch) {
    this.socket = socket;
    this.intake = intake;
    this.inflow = inflow;
    this.watch = watch;
    this.active = watch.now();
  }

  void take(Buffer piece) {
    if (over) {
      return; // The rest of a line that was cut off would pass for a line of its own.
    }
    active = watch.now();
    read = true;
    // The address is put into words only where something is refused.
    intake.from(socket.remoteAddress());
    inflow.take(piece);
    if (inflow.broken()) {
      hangUp();
    }
  }

  /** Goes on with what was kept back; answers whether all of it is done. */
  boolean proceed() {
    active = watch.now();
    intake.from(socket.remoteAddress());
    boolean done = inflow.proceed();
    if (inflow.broken()) {
      hangUp();
    }
    return done;
  }

  /** Has the sender wait. */
  void pause() {
    socket.pause();
    SocketReads.stop(socket);
  }

  /** Takes more. What waited may be handed over, and the end of it, before this is back. */
  void resume() {
    SocketReads.goOn(socket);
    socket.resume();
  }

  boolean idle() {
    return watch.over(active);
  }

  /** Tells the sender that he should go; what he sends is taken as before. */
  void tell() {
    SocketReads.tell(socket);
  }

  /** How many times in a row nothing had come since this was asked before. */
  int quietLooks() {
    quietLooks = read ? 0 : quietLooks + 1;
    read = false;
    return quietLooks;
  }

  /** What has come so far is all, and may end within a line. */
  void cut() {
    cut = true;
  }

  void hangUp() {
    cut = true;
    socket.close();
  }

  /** Nothing more will come. */
  void ended() {
    over = true;
    intake.from(socket.remoteAddress());
    if (cut) {
      inflow.cutOff();
    } else {
      inflow.end();
    }
  }
}
