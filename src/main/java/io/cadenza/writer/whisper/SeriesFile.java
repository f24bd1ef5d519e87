package io.cadenza.writer.whisper;

/** What a writer notes of a series: its file. One thread. */
final class SeriesFile {
  private static final int NOWHERE = -1;

  /** Held while something is done with the file. */
  final Object lock;

  /** Null when it is not known, or not there. */
  WhisperFile file;

  // By which the file is known again.
  private long device;
  private long inode;
  private long size;

  /** Steady seconds when it was last seen that the file is still that one. */
  long checkedAt;

  /** Steady seconds when it was last written to. */
  long usedAt;

  /** Its place among the {@link OpenFiles}. */
  int place = NOWHERE;

  SeriesFile(Object lock) {
    this.lock = lock;
  }

  boolean isOpen() {
    return file != null && file.isOpen();
  }

  boolean isKept() {
    return place != NOWHERE;
  }

  void notKept() {
    place = NOWHERE;
  }

  void close() {
    if (isOpen()) {
      file.close();
    }
  }

  /** Closes it, and nothing is known of it any more. */
  void forget() {
    close();
    file = null;
  }

  void note(Stamp stamp) {
    device = stamp.device;
    inode = stamp.inode;
    size = stamp.size;
  }

  boolean isSame(Stamp stamp) {
    return stamp.inode == inode && stamp.device == device && stamp.size == size;
  }
}
