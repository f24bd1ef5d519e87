package io.cadenza.output;

import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/** The connection on which a probe asks, one at a time. One event loop. */
final class Asking {
  /** Closes the connection; null while none is open. */
  private Supplier<Future<Void>> open;

  private boolean givenUp;

  /**
   * Asks as soon as there is a connection, unless that is given up before, and closes it.
   *
   * @return what the question has come to, when the connection is closed
   */
  <C> Future<Void> on(
      Future<C> connecting, Function<C, Future<Void>> question, Function<C, Future<Void>> closing) {
    givenUp = false;
    return connecting.compose(
        connection -> {
          open = () -> closing.apply(connection);
          return (givenUp ? Future.<Void>failedFuture(Failure.CLOSED) : question.apply(connection))
              .eventually(open)
              .onComplete(closed -> open = null);
        });
  }

  /** Closes the connection that is open, or the one that comes. */
  void giveUp() {
    givenUp = true;
    if (open != null) {
      open.get();
    }
  }
}
