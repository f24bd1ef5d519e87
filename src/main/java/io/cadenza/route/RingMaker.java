package io.cadenza.route;

import io.cadenza.hash.HashRing;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes rings, which takes long for a big one: beside the router's thread, where there is another.
 */
interface RingMaker {
  /** On the spot. */
  RingMaker HERE = (work, done) -> done.accept(work.get());

  /**
   * Makes a ring.
   *
   * @param work may be done by another thread
   * @param done is called on the router's thread, at once or later; with null when there is none
   */
  void make(Supplier<HashRing> work, Consumer<HashRing> done);
}
