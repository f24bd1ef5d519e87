package io.cadenza.writer.whisper;

/** An open file. One thread at a time. */
interface DiskFile {
  /**
   * Reads at a place of the file.
   *
   * @param from where the bytes go in the memory
   * @return how many were read: fewer than wanted at the end of the file only
   */
  int read(Memory into, int from, int length, long at) throws DiskException;

  /** Writes all bytes at a place of the file. */
  void write(Memory bytes, int from, int length, long at) throws DiskException;

  /** Of the file that is open, whatever has become of its name. */
  void stamp(Stamp into) throws DiskException;

  /** Gives the file that size; what it grows by has zeros and takes no room. */
  void resize(long size) throws DiskException;

  /** Forces what was written to the disk. */
  void sync() throws DiskException;

  /**
   * Takes the lock that Python's whisper takes, flock(2), if nobody has it.
   *
   * @return false when somebody has
   */
  boolean tryLock() throws DiskException;

  void unlock();

  void close();
}
