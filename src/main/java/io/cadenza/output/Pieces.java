package io.cadenza.output;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory that the connections of one event loop make their writes in, again and again: what
 * came back last is lent first, since the caches of the processor have it. What a loop had need of
 * once it keeps until it ends; one that writes little has none.
 *
 * <p>A kernel that takes what is written takes it at once, and then all connections of a loop do
 * with one piece. The others are for peers that are slower than what they get.
 */
final class Pieces {
  /** As large as a write is, but for those of a single run that is larger. */
  static final int BYTES = Backlog.GROUP_BYTES;

  /** Of one event loop: enough for four connections whose peers let everything wait. */
  static final int MOST = 32;

  /** Smaller writes are not worth a piece: Netty has memory of that size at hand. */
  static final int LEAST = 8 * 1024;

  /** For what is not made of lines as they are. */
  static final Pieces NONE = new Pieces(0);

  private final int most;
  private final Deque<Piece> free = new ArrayDeque<>();
  private int made;
  private boolean closed;

  /**
   * @param most how many there may be
   */
  Pieces(int most) {
    this.most = most;
  }

  /** One for so many bytes; null when there is none to spare, or none that suits. */
  Piece take(int bytes) {
    if (bytes < LEAST || bytes > BYTES) {
      return null;
    }
    Piece last = free.isEmpty() ? make() : free.pop();
    return last == null ? null : last.lend();
  }

  private Piece make() {
    if (made == most || closed) {
      return null;
    }
    Internals.Memory memory = Internals.Memory.of(BYTES);
    if (memory == null) {
      return null;
    }
    made++;
    return new Piece(this, memory);
  }

  void takeBack(Piece piece) {
    free.push(piece);
    if (closed) {
      releaseFree();
    }
  }

  /** How many there are, lent or not. */
  int made() {
    return made;
  }

  int lent() {
    return made - free.size();
  }

  /** The event loop ends. What is lent still is let go of when it comes back. */
  void close() {
    closed = true;
    releaseFree();
  }

  private void releaseFree() {
    made -= free.size();
    free.forEach(Piece::release);
    free.clear();
  }
}
