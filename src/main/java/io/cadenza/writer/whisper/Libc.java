package io.cadenza.writer.whisper;

/**
 * What is called of libc on Linux of 64 bits. Addresses and file descriptors are plain numbers, so
 * that a call makes no object. Public for the library that makes the calls.
 */
public interface Libc {
  int open(long path, int flags, int mode);

  int close(int file);

  long pread(int file, long into, long length, long at);

  long pwrite(int file, long from, long length, long at);

  int ftruncate(int file, long size);

  int fdatasync(int file);

  int fsync(int file);

  int flock(int file, int operation);

  int mkdir(long path, int mode);

  int link(long from, long to);

  int rename(long from, long to);

  int unlink(long path);

  long syscall(long number, long a, long b, long c, long d, long e);

  int statx(int folder, long path, int flags, int mask, long into);

  long opendir(long path);

  long readdir(long folder);

  int closedir(long folder);
}
