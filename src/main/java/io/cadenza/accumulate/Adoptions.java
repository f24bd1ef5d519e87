package io.cadenza.accumulate;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a shard has been given to adopt, one after the other. On the shard's event loop. */
final class Adoptions {
  private record One(Adoption adoption, Promise<Void> done) {}

  private final Deque<One> waiting = new ArrayDeque<>();

  /** Whether all that was added has been taken, or could not be. */
  boolean over() {
    return waiting.isEmpty();
  }

  /** Done when all of it is taken; fails when it is damaged. */
  Future<Void> add(Adoption adoption) {
    One one = new One(adoption, Promise.promise());
    waiting.add(one);
    return one.done.future();
  }

  /**
   * Takes some of the first one that is not over. Whatever is wrong with that, the next ones are
   * taken.
   *
   * @param most how many keys are read
   */
  void goOn(int most) {
    One first = waiting.element();
    try {
      if (first.adoption.goOn(most)) {
        waiting.remove();
        first.done.complete();
      }
    } catch (IOException | RuntimeException damaged) {
      waiting.remove();
      first.done.fail(damaged);
    }
  }

  /** Takes all. */
  void finish() {
    while (!over()) {
      goOn(Integer.MAX_VALUE);
    }
  }
}
