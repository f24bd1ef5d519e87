package io.cadenza.spool;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The direct buffer that a spool works with. It belongs to the thread, not to the spool: there may
 * be many spools and a few threads work on them, and nothing is in it between two calls.
 */
final class Scratch {
  static final int SIZE = 512 << 10;

  private static final ThreadLocal<ByteBuffer> BUFFERS =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(SIZE));

  private ByteBuffer buffer;

  /** The buffer, for whoever reads. */
  ByteBuffer buffer() {
    buffer = BUFFERS.get();
    return buffer;
  }

  void clear() {
    buffer().clear();
  }

  /**
   * Gathers bytes; what does not fit is written out.
   *
   * @param at where in the file the bytes belong
   * @return how many there were
   */
  int put(ByteBuffer bytes, Segment into, long at) throws IOException {
    int size = bytes.remaining();
    long to = at;
    while (bytes.hasRemaining()) {
      if (!buffer.hasRemaining()) {
        flush(into, to);
      }
      int n = Math.min(bytes.remaining(), buffer.remaining());
      buffer.put(buffer.position(), bytes.array(), bytes.arrayOffset() + bytes.position(), n);
      buffer.position(buffer.position() + n);
      bytes.position(bytes.position() + n);
      to += n;
    }
    return size;
  }

  /** Writes what was gathered, which ends at {@code end} in the file. */
  void flush(Segment into, long end) throws IOException {
    buffer.flip();
    into.write(buffer, end - buffer.remaining());
    buffer.clear();
  }
}
