package io.cadenza.admin;

import io.cadenza.listen.IdleWatch;
import io.cadenza.listen.SocketReads;
import io.cadenza.meter.ShellMeters;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the shell: a command a line, one after the other. The next is looked at when
 * the answer to the one before is on its way, and until then nothing more is read: who does not
 * read his answers has one of them waiting here, and what he sends waits in his kernel. Belongs to
 * its event loop.
 */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** About so many characters go into one write. */
  private static final int PIECE = 16 << 10;

  /** So many pieces are written, or commands done, before others of the event loop have a turn. */
  private static final int TURN = 16;

  /** After so long a command without a line end is taken for whole, if it does no harm. */
  private static final long PATIENCE_MILLIS = 50;

  private final Context context;
  private final NetSocket socket;
  private final ShellCommands commands;
  private final ShellMeters meters;
  private final IdleWatch watch;
  private final Session session;
  private final CommandLines lines = new CommandLines(this::tooLong);
  private Answer answer = Answer.of();
  private long pieces;
  private int active;

  /** A command is being done. */
  private boolean busy;

  /** The rest of its answer waits for the peer to read, or for others to have their turn. */
  private boolean waits;

  /** The peer has said all. */
  private boolean ended;

  private boolean closed;

  Conversation(
      Context context,
      NetSocket socket,
      ShellCommands commands,
      ShellMeters meters,
      IdleWatch watch) {
    this.context = context;
    this.socket = socket;
    this.commands = commands;
    this.meters = meters;
    this.watch = watch;
    this.session = commands.open();
    this.active = watch.now();
  }

  void begin() {
    socket.handler(
        piece -> {
          active = watch.now();
          pieces++;
          lines.add(piece);
          work();
        });
    socket.drainHandler(drained -> goOn());
    socket.exceptionHandler(e -> LOG.debug("shell: {} from {}", e, socket.remoteAddress()));
    SocketReads.onEnd(
        socket,
        () -> {
          ended = true;
          work();
        });
  }

  /** Whether nothing came and nothing went for too long; not while we are to answer. */
  boolean isIdle() {
    return watch.over(active) && (!busy || waits);
  }

  void close() {
    closed = true;
    socket.close();
  }

  /** Whatever of its answer is not written. */
  void cut() {
    closed = true;
    SocketReads.cut(socket);
  }

  private void work() {
    if (!allDone() || busy) {
      SocketReads.stop(socket);
    } else if (!closed && ended) {
      lastLine();
    } else if (!closed) {
      SocketReads.goOn(socket);
      waitForTheEnd();
    }
  }

  /** Does whole commands; answers whether there are none left that need not wait. */
  private boolean allDone() {
    for (int i = 0; i < TURN; i++) {
      Optional<String> line = busy || closed ? Optional.empty() : lines.next();
      if (line.isEmpty()) {
        return true;
      }
      run(line.get());
    }
    context.runOnContext(v -> work());
    return false;
  }

  private void lastLine() {
    String line = lines.rest();
    lines.forget();
    if (line.isBlank()) {
      close();
    } else {
      run(line);
      work();
    }
  }

  /** Some send a command without a line end, and wait. */
  private void waitForTheEnd() {
    if (!commands.isWhole(session, lines.rest())) {
      return;
    }
    long now = pieces;
    context
        .owner()
        .setTimer(
            PATIENCE_MILLIS,
            tick -> {
              if (pieces == now && !busy && !closed) {
                String line = lines.rest();
                lines.forget();
                run(line);
                work();
              }
            });
  }

  private void run(String line) {
    busy = true;
    Future<Answer> done =
        Future.succeededFuture().compose(v -> commands.run(session, line)); // Catches our mistakes.
    if (done.isComplete()) {
      answered(done);
    } else {
      done.onComplete(
          ended ->
              context.runOnContext(
                  v -> {
                    answered(ended);
                    work();
                  }));
    }
  }

  private void answered(AsyncResult<Answer> done) {
    if (done.failed()) {
      LOG.warn("shell: a command could not be done: {}", done.cause().toString());
      meters.refused("failed").increment();
    }
    answer = done.succeeded() ? done.result() : Answer.error();
    write();
  }

  /** Writes as much of the answer as has room and is enough for now; maybe it is done then. */
  private void write() {
    active = watch.now();
    for (int i = 0; i < TURN && !closed && hasMore() && !socket.writeQueueFull(); i++) {
      StringBuilder piece = new StringBuilder();
      while (piece.length() < PIECE && hasMore()) {
        piece.append(answer.pieces().next());
      }
      socket.write(piece.toString());
    }
    waits = hasMore() || socket.writeQueueFull();
    busy = waits || closed;
    if (!busy && answer.last()) {
      close();
    } else if (waits && !socket.writeQueueFull()) {
      context.runOnContext(v -> goOn());
    }
  }

  private boolean hasMore() {
    return answer.pieces().hasNext();
  }

  private void goOn() {
    if (waits && !closed) {
      write();
      work();
    }
  }

  private void tooLong() {
    meters.refused("too-long").increment();
    socket.write("ERROR\n");
  }
}
