package io.cadenza.writer.whisper;

import java.util.Arrays;

/**
 * Who updates a file and who reads it in this process exclude each other, so that no reader finds a
 * slot of which one half is new: the system promises nothing of the kind. Any thread.
 */
final class FileLocks {
  private static final int COUNT = 256;

  private final Object[] locks = new Object[COUNT];

  FileLocks() {
    Arrays.setAll(locks, i -> new Object());
  }

  /** What to hold while something is done with the file of a key. */
  Object of(byte[] key) {
    int hash = Arrays.hashCode(key);
    return locks[(hash ^ hash >>> 16) & COUNT - 1];
  }
}
