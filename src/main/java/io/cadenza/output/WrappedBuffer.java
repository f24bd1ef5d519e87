package io.cadenza.output;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Buffers over arrays that nobody writes to any more.
 *
 * <p>The public API copies every array into a new buffer, which here would be one more copy of
 * every byte that leaves the process. With {@link Names} the only class of this package that knows
 * Netty or the internals of Vert.x.
 */
final class WrappedBuffer {
  private WrappedBuffer() {}

  static Buffer of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  static Buffer of(byte[] bytes, int from, int size) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, size));
  }
}
