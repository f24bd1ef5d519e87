package io.cadenza.writer.whisper;

import jnr.constants.platform.Errno;

/** A file descriptor. */
final class NativeFile implements DiskFile {
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int LOCK_UN = 8;
  private static final int CLOSED = -1;

  private final NativeDisk disk;
  private int file;

  NativeFile(NativeDisk disk, int file) {
    this.disk = disk;
    this.file = file;
  }

  /** This one, which is closed, is another file from now on. */
  NativeFile becomes(int other) {
    file = other;
    return this;
  }

  @Override
  public int read(Memory into, int from, int length, long at) throws DiskException {
    int done = 0;
    while (done < length) {
      long count = disk.libc.pread(file, into.address + from + done, length - done, at + done);
      if (count == 0) {
        break;
      }
      done += (int) atLeastNothing(count);
    }
    return done;
  }

  @Override
  public void write(Memory bytes, int from, int length, long at) throws DiskException {
    int done = 0;
    while (done < length) {
      long count = disk.libc.pwrite(file, bytes.address + from + done, length - done, at + done);
      done += (int) atLeastNothing(count);
    }
  }

  /** What a call did; nothing when a signal came between. */
  private long atLeastNothing(long count) throws DiskException {
    if (count < 0 && disk.error() != Errno.EINTR.intValue()) {
      throw NativeDisk.failed(null, disk.error());
    }
    return Math.max(0, count);
  }

  @Override
  public void stamp(Stamp into) throws DiskException {
    disk.stamp(file, into);
  }

  @Override
  public void resize(long size) throws DiskException {
    check(disk.libc.ftruncate(file, size));
  }

  @Override
  public void sync() throws DiskException {
    check(disk.libc.fdatasync(file));
  }

  private void check(int answer) throws DiskException {
    if (answer < 0) {
      throw NativeDisk.failed(null, disk.error());
    }
  }

  @Override
  public boolean tryLock() throws DiskException {
    int answer = disk.libc.flock(file, LOCK_EX | LOCK_NB);
    if (answer < 0 && disk.error() == Errno.EAGAIN.intValue()) {
      return false;
    }
    check(answer);
    return true;
  }

  @Override
  public void unlock() {
    disk.libc.flock(file, LOCK_UN);
  }

  @Override
  public void close() {
    if (file != CLOSED) {
      disk.libc.close(file);
      file = CLOSED;
    }
  }
}
