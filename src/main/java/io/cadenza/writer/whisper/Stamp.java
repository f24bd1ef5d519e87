package io.cadenza.writer.whisper;

/** By which a file is known again, and its size. Used again and again by one thread. */
final class Stamp {
  static final int BYTES = 256;

  /** For a disk that has the system fill it. */
  final Memory memory;

  long device;
  long inode;
  long size;
  boolean isFile;
  boolean isFolder;

  /** When it was changed last, seconds since 1970. */
  long changed;

  Stamp(Disk disk) {
    memory = disk.memory(BYTES);
  }
}
