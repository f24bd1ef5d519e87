package io.cadenza.output;

/**
 * What one connection has of the pieces of its event loop, for the writes that are under way. A few
 * at most: a peer that does not read leaves some to others. Belongs to the event loop.
 */
final class WriteMemory {
  /** As many as all that an output has in flight needs, if little is left over behind it. */
  static final int MOST = 5;

  /** Smaller writes are not worth it: Netty has memory of that size at hand. */
  static final int LEAST = 4 * 1024;

  private final Pieces pieces;
  private Piece begun;
  private int count;

  WriteMemory(Pieces pieces) {
    this.pieces = pieces;
  }

  /**
   * A piece with room for a write, which is to be added to it: when it is over, {@link #over} is to
   * be called; null when there is none, or none that suits.
   */
  Piece room(int bytes) {
    if (bytes < LEAST || bytes > Piece.BYTES) {
      return null;
    }
    if (begun != null && begun.room() >= bytes) {
      return begun;
    }
    Piece next = count < MOST ? pieces.take() : null;
    if (next != null) {
      count++;
      begun = next;
    }
    return next;
  }

  /** Nobody reads any more what a write had in the piece. */
  void over(Piece piece) {
    if (piece.over()) {
      if (begun == piece) {
        begun = null;
      }
      count--;
      pieces.giveBack(piece);
    }
  }
}
