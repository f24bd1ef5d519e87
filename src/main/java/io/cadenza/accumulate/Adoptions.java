package io.cadenza.accumulate;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What a shard has been given to adopt, one after the other. Belongs to the shard's thread. */
final class Adoptions {
  private record One(Adoption adoption, Consumer<Exception> ended) {}

  private final Deque<One> waiting = new ArrayDeque<>();

  /** Whether all that was added has been taken, or could not be. */
  boolean over() {
    return waiting.isEmpty();
  }

  /**
   * Adds something to take.
   *
   * @param ended told when all of it is taken: null, or that it is damaged
   */
  void add(Adoption adoption, Consumer<Exception> ended) {
    waiting.add(new One(adoption, ended));
  }

  /**
   * Takes some of the first one that is not over. Whatever is wrong with that, the next ones are
   * taken.
   *
   * @param most how many keys are read
   */
  void goOn(int most) {
    One first = waiting.element();
    boolean all = true;
    Exception wrong = null;
    try {
      all = first.adoption.goOn(most);
    } catch (IOException | RuntimeException damaged) {
      wrong = damaged;
    }
    if (all) {
      waiting.remove();
      first.ended.accept(wrong);
    }
  }

  /** Takes all. */
  void finish() {
    while (!over()) {
      goOn(Integer.MAX_VALUE);
    }
  }
}
