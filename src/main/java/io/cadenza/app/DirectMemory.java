package io.cadenza.app;

import io.netty.util.internal.PlatformDependent;

/**
 * The memory outside the heap that sockets read and write with. Any thread.
 *
 * <p>Why it knows Netty: its buffers are not among those that the JDK tells of.
 */
final class DirectMemory {
  private DirectMemory() {}

  /** Bytes taken from the system; negative when that is not known. */
  static long used() {
    return PlatformDependent.usedDirectMemory();
  }

  /** Bytes that may be taken. */
  static long most() {
    return PlatformDependent.maxDirectMemory();
  }
}
