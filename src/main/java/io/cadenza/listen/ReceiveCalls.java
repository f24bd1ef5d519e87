package io.cadenza.listen;

/**
 * What is called of libc on Linux of 64 bits. Addresses and file descriptors are plain numbers, so
 * that a call makes no object. Public for the library that makes the calls.
 */
public interface ReceiveCalls {
  /** As recvmmsg(2) has it. */
  int recvmmsg(int socket, long messages, int count, int flags, long timeout);
}
