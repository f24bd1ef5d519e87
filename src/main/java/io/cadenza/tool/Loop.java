package io.cadenza.tool;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The event loop of one command. The command's thread waits on it, and so leaves the process by
 * returning: an event loop that calls System.exit waits for itself.
 */
final class Loop implements AutoCloseable {
  private static final long CLOSE_SECONDS = 3;

  /** What was waited for did not come about. The message is for the user. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(Throwable cause) {
      super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
  }

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(1)
              .setPreferNativeTransport(true)
              // Writing to a terminal may block the loop, and that is wanted.
              .setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1))
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setClassPathResolvingEnabled(false)
                      .setFileCachingEnabled(false)));

  Vertx vertx() {
    return vertx;
  }

  /** Waits; not to be called on an event loop. */
  <T> T await(Future<T> future) throws Failed {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new Failed(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed(e);
    }
  }

  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The work is done and the process is about to end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
