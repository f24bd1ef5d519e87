package io.cadenza.writer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls clients of Vert.x on an event loop, and waits for the answer on the caller's thread. A
 * client called on a worker would answer on that very worker, which waits. Any thread but an event
 * loop's.
 */
public final class Waiting {
  private final Context context;

  /** Takes an event loop of its own. */
  public Waiting(Vertx vertx) {
    // A thread of Vert.x would get its own context, which may be a worker's.
    CompletableFuture<Context> made = new CompletableFuture<>();
    Thread outside = new Thread(() -> made.complete(vertx.getOrCreateContext()), "context");
    outside.start();
    context = made.join();
  }

  /**
   * Begins something on the event loop.
   *
   * @return what can be waited for with {@link #on(CompletableFuture, Duration)}
   */
  public <T> CompletableFuture<T> begin(Callable<Future<T>> call) {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(
        any -> {
          try {
            call.call().onComplete(done::complete, done::completeExceptionally);
          } catch (Exception failed) {
            done.completeExceptionally(failed);
          }
        });
    return done;
  }

  /**
   * Does something on the event loop and waits for it.
   *
   * @throws Exception what it failed with, or an {@link IOException} when there is no answer in
   *     time
   */
  public <T> T on(Callable<Future<T>> call, Duration timeout) throws Exception {
    return on(begin(call), timeout);
  }

  /** Waits for what was begun. */
  public <T> T on(CompletableFuture<T> begun, Duration timeout) throws Exception {
    try {
      return begun.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    } catch (TimeoutException late) {
      throw new IOException("no answer after " + timeout.toMillis() + " ms", late);
    }
  }
}
