package io.cadenza.format;

import io.cadenza.line.Invalid;
import java.util.Arrays;

/**
 * Cuts a stream into frames: four bytes of length, highest first, then so many bytes. What is left
 * of a frame waits for the next call, in a buffer that grows with what has come, not with what is
 * claimed.
 *
 * <p>One instance serves one connection, on its thread.
 */
public final class PickleFrames {
  private static final int KEPT = 64 * 1024;
  private static final int LENGTH_BYTES = 4;

  /** Takes the frames of a stream. */
  public interface Handler {
    /** A whole frame without its length. The bytes are reused after the call. */
    void frame(byte[] bytes, int from, int to);

    /** A frame that is empty, too long or ends early: {@link Invalid#FRAME}. */
    void refused(Invalid reason);
  }

  private final int longest;
  private byte[] held = new byte[0];
  private int heldBytes;
  private int lengthBytes;
  private int length;
  private long skip;

  /**
   * @param longest the most bytes a frame may have
   */
  public PickleFrames(int longest) {
    this.longest = longest;
  }

  /** Takes in {@code b[from, to)}. A refused frame costs its own bytes only. */
  public void feed(byte[] b, int from, int to, Handler handler) {
    int at = from;
    while (at < to) {
      if (skip > 0) {
        int skipped = (int) Math.min(skip, to - at);
        skip -= skipped;
        at += skipped;
      } else if (lengthBytes < LENGTH_BYTES) {
        length = length << 8 | b[at++] & 0xff;
        lengthBytes++;
        checkLength(handler);
      } else {
        at = body(b, at, to, handler);
      }
    }
  }

  /** The stream is over: a frame that has begun is refused, and forgotten. */
  public void end(Handler handler) {
    if (lengthBytes > 0) {
      begin();
      handler.refused(Invalid.FRAME);
    }
    skip = 0;
  }

  private void begin() {
    lengthBytes = 0;
    length = 0;
    heldBytes = 0;
    if (held.length > KEPT) {
      held = new byte[0];
    }
  }

  private void checkLength(Handler handler) {
    long claimed = length & 0xffff_ffffL;
    if (lengthBytes == LENGTH_BYTES && (claimed == 0 || claimed > longest)) {
      skip = claimed;
      begin();
      handler.refused(Invalid.FRAME);
    }
  }

  /** Takes bytes of the frame that has begun. Gives back how far. */
  private int body(byte[] b, int at, int to, Handler handler) {
    int frame = length;
    int more = Math.min(frame - heldBytes, to - at);
    if (more == frame) {
      begin();
      handler.frame(b, at, at + frame);
      return at + frame;
    }
    hold(b, at, more);
    if (heldBytes == frame) {
      byte[] whole = held;
      begin();
      handler.frame(whole, 0, frame);
    }
    return at + more;
  }

  private void hold(byte[] b, int at, int more) {
    int needed = heldBytes + more;
    if (held.length < needed) {
      held = Arrays.copyOf(held, (int) Math.min(length, Math.max(256, 2L * needed)));
    }
    System.arraycopy(b, at, held, heldBytes, more);
    heldBytes = needed;
  }
}
