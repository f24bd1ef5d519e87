package io.cadenza.writer.whisper;

import java.nio.ByteBuffer;

/**
 * Bytes outside the heap that files are read into and written from, big-endian as whisper is.
 * Belongs to who had a {@link Disk} make it; one thread.
 */
final class Memory {
  final ByteBuffer bytes;

  /** Where the bytes are, for a disk that calls the system itself; else 0. */
  final long address;

  Memory(ByteBuffer bytes, long address) {
    this.bytes = bytes;
    this.address = address;
  }

  int size() {
    return bytes.capacity();
  }
}
