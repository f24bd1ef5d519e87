package io.cadenza.listen;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Comes back to the event loop of an instance. A server that instances share is closed by the last
 * of them, on a thread of Vert.x's own: what follows must not touch an instance's state there.
 */
final class OwnLoop {
  private OwnLoop() {}

  /** Ends as the other does, on the context; and so does what is composed to it. */
  static <T> Future<T> after(Context context, Future<T> other) {
    Promise<T> back = Promise.promise();
    other.onComplete(
        ended ->
            context.runOnContext(
                v -> {
                  if (ended.succeeded()) {
                    back.complete(ended.result());
                  } else {
                    back.fail(ended.cause());
                  }
                }));
    return back.future();
  }
}
