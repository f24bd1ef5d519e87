package io.cadenza.writer.whisper;

import io.cadenza.writer.whisper.DiskException.Fault;

/** Makes the folders that a file is in. */
final class Folders {
  private Folders() {}

  /** Makes all that are missing in front of a file's name. */
  static void make(Disk disk, FilePath file) throws DiskException {
    int whole = file.length();
    int slash = file.lastSlash();
    if (slash <= 0) {
      return;
    }
    file.cut(slash);
    try {
      disk.makeFolder(file);
    } catch (DiskException failed) {
      if (failed.fault != Fault.NOT_THERE) {
        throw failed;
      }
      make(disk, file);
      disk.makeFolder(file);
    } finally {
      file.uncut(whole);
    }
  }
}
