package io.cadenza.hash;

import io.cadenza.line.LineBatch;
import java.nio.charset.StandardCharsets;

/** Where the bytes of a key lie on a ring. May keep scratch state: one thread an instance. */
abstract class KeyHash {
  /** Unsigned, unless the kind says otherwise. Allocates nothing. */
  abstract long position(byte[] bytes, int start, int end);

  /**
   * The positions of the keys of neighbouring lines.
   *
   * @param count at most {@link HashRing#GROUP}
   */
  void positions(LineBatch batch, int first, int count, long[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = position(batch.bytes(), batch.keyStart(first + i), batch.keyEnd(first + i));
    }
  }

  /** How many keys it remembers now. */
  long remembered() {
    return 0;
  }

  /** How many keys it remembers at most; 0 when it remembers none. */
  long most() {
    return 0;
  }

  /** The position of a node's text. For building. */
  final long position(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return position(bytes, 0, bytes.length);
  }
}
