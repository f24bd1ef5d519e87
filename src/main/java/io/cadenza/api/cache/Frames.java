package io.cadenza.api.cache;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Cuts what comes on a connection into frames: four bytes of length, the highest first, and so many
 * bytes. One event loop.
 */
final class Frames {
  private static final int HEAD = 4;

  private final int longest;
  private Buffer held = Buffer.buffer();

  /**
   * @param longest bytes that a frame may have
   */
  Frames(int longest) {
    this.longest = longest;
  }

  /**
   * Takes what came.
   *
   * @return false when a frame is too long, or has a length that can't be: hang up
   */
  boolean take(Buffer more, Consumer<byte[]> frame) {
    Buffer all = held.length() == 0 ? more : held.appendBuffer(more);
    int at = 0;
    while (all.length() - at >= HEAD) {
      int length = all.getInt(at);
      if (length < 0 || length > longest) {
        return false;
      }
      if (all.length() - at - HEAD < length) {
        break;
      }
      frame.accept(all.getBytes(at + HEAD, at + HEAD + length));
      at += HEAD + length;
    }
    held = all.getBuffer(at, all.length());
    return true;
  }
}
