package io.cadenza.output;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** An open way to a destination. Belongs to the event loop of its output. */
interface Wire {
  /** Writes; done when the kernel, or the peer where it answers, has all of it. */
  Future<Void> write(Buffer data);

  /** Whether to write no more until {@link #onDrain}. */
  boolean full();

  /** What to do when there is room again. */
  void onDrain(Runnable go);

  /** What to do when the way is gone, with the cause. Called once, and not after {@link #close}. */
  void onBroken(Consumer<String> gone);

  Future<Void> close();
}
