package io.cadenza.writer.whisper;

import java.io.IOException;

/** What a disk could not do, and why, as far as that decides what is done about it. */
final class DiskException extends IOException {
  private static final long serialVersionUID = 1;

  /** Why. */
  enum Fault {
    /** No space is left, or no more of the quota. */
    FULL,
    READ_ONLY,
    DENIED,
    /** A file, or the folder of one, is not there. */
    NOT_THERE,
    /** Something of that name is there. */
    THERE,
    /** A folder is where a file should be, or the other way round. */
    WRONG_KIND,
    /** The process or the system has as many files open as it may. */
    TOO_MANY_OPEN,
    /** Cannot be done on this file system. */
    UNSUPPORTED,
    OTHER
  }

  final Fault fault;

  DiskException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }
}
