package io.cadenza.tool;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/**
 * One sender of blast: fills a buffer, writes it, sleeps or goes on. At most {@link Link#window}
 * buffers are under way, so a server that does not read stops it. On blast's event loop only.
 */
final class Fork {
  /** Buffers before another sender of the same loop has its turn. */
  private static final int TURN = 64;

  private final Vertx vertx;
  private final LineMaker maker;
  private final int capacity;
  private final long pauseMillis;
  private final Link link;
  private final Promise<Void> done = Promise.promise();
  private long left;
  private int underWay;
  private boolean full;
  private boolean stopping;
  private long timer = -1;
  long lines;
  long bytes;

  /**
   * @param share how many lines to send
   */
  Fork(Vertx vertx, BlastOptions options, LineMaker maker, Link link, long share) {
    this.vertx = vertx;
    this.maker = maker;
    this.capacity = options.buffer();
    this.pauseMillis = millis(options.pause().toNanos());
    this.link = link;
    this.left = share;
  }

  /** A timer has whole milliseconds: less than one is one, not none. */
  private static long millis(long nanos) {
    return nanos == 0 ? 0 : Math.max(1, nanos / 1_000_000);
  }

  /** Begins; completes when its lines are sent or it was stopped, fails when a write does. */
  Future<Void> start() {
    step();
    return done.future();
  }

  private void step() {
    for (int i = 0; i < TURN; i++) {
      if (left == 0 || stopping) {
        endIfIdle();
        return;
      }
      full = underWay >= link.window();
      if (full) {
        return; // The next write that is done goes on.
      }
      writeOne();
      if (pauseMillis > 0) {
        timer = vertx.setTimer(pauseMillis, id -> step());
        return;
      }
    }
    vertx.runOnContext(v -> step());
  }

  private void writeOne() {
    Buffer buffer = Buffer.buffer(capacity);
    int count = maker.fill(buffer, capacity, left);
    int length = buffer.length();
    left -= count;
    underWay++;
    link.write(buffer).onComplete(result -> written(count, length, result));
  }

  private void written(int count, int length, AsyncResult<Void> result) {
    underWay--;
    if (result.failed()) {
      fail(result.cause());
      return;
    }
    lines += count;
    bytes += length;
    if (left == 0 || stopping) {
      endIfIdle();
    } else if (full) {
      full = false;
      step();
    }
  }

  private void fail(Throwable cause) {
    // Stopped while the server did not read: closing the link is what failed the write.
    if (stopping) {
      endIfIdle();
    } else {
      stopping = true;
      vertx.cancelTimer(timer);
      done.tryFail(cause);
    }
  }

  private void endIfIdle() {
    if (underWay == 0) {
      done.tryComplete();
    }
  }

  /** Sends no more; what is under way has {@code patienceMillis} to be taken. */
  Future<Void> stop(long patienceMillis) {
    stopping = true;
    vertx.cancelTimer(timer);
    endIfIdle();
    long deadline = vertx.setTimer(patienceMillis, id -> link.close());
    return done.future()
        .otherwiseEmpty()
        .eventually(
            () -> {
              vertx.cancelTimer(deadline);
              return link.close().otherwiseEmpty();
            });
  }
}
