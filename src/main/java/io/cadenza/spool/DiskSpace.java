package io.cadenza.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Whether a write failed since there is no space, rather than since the disk is broken. */
final class DiskSpace {
  private static final long LEAST = 1 << 20;

  private DiskSpace() {}

  /** The words of Linux for ENOSPC and EDQUOT; in other languages the free space tells. */
  static boolean isUp(IOException failed, Path folder) {
    String message = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("quota")) {
      return true;
    }
    try {
      return Files.getFileStore(folder).getUsableSpace() < LEAST;
    } catch (IOException unknown) {
      return false;
    }
  }
}
