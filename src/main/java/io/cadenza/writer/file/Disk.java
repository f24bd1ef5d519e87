package io.cadenza.writer.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** How files are opened: the one place where a test can have a disk that fails. */
@FunctionalInterface
interface Disk {
  Disk REAL = FileChannel::open;

  FileChannel open(Path path, OpenOption... options) throws IOException;
}
