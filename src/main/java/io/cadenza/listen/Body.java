package io.cadenza.listen;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * The body of a request as it comes in, decompressed at once and bounded. Belongs to the listener's
 * event loop.
 */
final class Body {
  /** How it goes with a body. */
  enum State {
    FINE,
    TOO_LONG,
    BROKEN
  }

  private static final int FIRST = 4096;

  private final int longest;
  private final int most;
  private final Decompressor decompressor;
  private byte[] bytes = {};
  private int length;
  private State state = State.FINE;

  /**
   * @param longest bytes, decompressed
   * @param claimed how long it says it is, negative when it does not; no more is got ready
   * @param decompressor null when it comes as it is
   */
  Body(int longest, long claimed, Decompressor decompressor) {
    this.longest = longest;
    // One byte past the bound shows that it is passed.
    this.most =
        decompressor == null && claimed >= 0 ? (int) Math.min(claimed, longest) : longest + 1;
    this.decompressor = decompressor;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** The memory that it holds. */
  int size() {
    return bytes.length;
  }

  /** Takes a piece; once the state is not fine, nothing more. */
  State add(Buffer piece) {
    if (state != State.FINE) {
      return state;
    }
    if (decompressor == null) {
      append(piece);
    } else {
      byte[] in = piece.getBytes();
      decompressor.input(in, 0, in.length);
      decompress();
    }
    return state;
  }

  private void append(Buffer piece) {
    if (piece.length() > longest - length) {
      state = State.TOO_LONG;
      return;
    }
    room(piece.length());
    piece.getBytes(bytes, length);
    length += piece.length();
  }

  /** Grows by what has come, not by what is claimed. */
  private void room(int more) {
    if (bytes.length - length < more) {
      long wanted = Math.max(Math.max(FIRST, length + (long) more), bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, most));
    }
  }

  private void decompress() {
    while (true) {
      room(1);
      int n = decompressor.output(bytes, length, bytes.length - length);
      if (n <= 0) {
        state = n < 0 ? State.BROKEN : state;
        return;
      }
      length += n;
      if (length > longest) {
        state = State.TOO_LONG;
        return;
      }
    }
  }

  /** All of it has come. */
  State end() {
    if (state == State.FINE && decompressor != null && !decompressor.between()) {
      state = State.BROKEN;
    }
    return state;
  }

  /** Lets go of the decompressor, whatever became of the body. */
  void close() {
    if (decompressor != null) {
      decompressor.close();
    }
  }
}
