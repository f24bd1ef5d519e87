package io.cadenza.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** One file of a lane. Used by the thread that works on the lane. */
final class Segment {
  static final String SUFFIX = ".seg";

  /** The birth of one whose header cannot be read. */
  static final long UNKNOWN = 0;

  final Path path;
  final long number;
  final long birth;

  /** The sequence of its first line. */
  final long first;

  /** Behind the last byte that counts. */
  long length;

  /** The sequence behind its last line. */
  long end;

  private final Disk disk;
  private FileChannel channel;

  Segment(Disk disk, Path path, long number, long birth, long first) {
    this.disk = disk;
    this.path = path;
    this.number = number;
    this.birth = birth;
    this.first = first;
    this.end = first;
  }

  static String name(long number) {
    return String.format(Locale.ROOT, "%010d%s", number, SUFFIX);
  }

  /** The number in a file's name, or -1 when it is not a segment's. */
  static long number(String name) {
    if (!name.endsWith(SUFFIX)) {
      return -1;
    }
    try {
      long number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
      return name.equals(name(number)) ? number : -1;
    } catch (NumberFormatException other) {
      return -1;
    }
  }

  /** Makes the file, with its header. What is left of a failed try is removed. */
  void create(long now) throws IOException {
    try {
      channel =
          disk.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      write(SegmentFormat.header(first, now, birth), 0);
      length = SegmentFormat.HEADER;
    } catch (IOException failed) {
      close();
      try {
        Files.deleteIfExists(path);
      } catch (IOException again) {
        failed.addSuppressed(again);
      }
      throw failed;
    }
  }

  /** Open for reading and writing; opened again when an interrupt has closed it. */
  FileChannel channel() throws IOException {
    if (channel == null || !channel.isOpen()) {
      channel = disk.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
    return channel;
  }

  void write(ByteBuffer bytes, long at) throws IOException {
    long to = at;
    while (bytes.hasRemaining()) {
      to += channel().write(bytes, to);
    }
  }

  void truncate(long to) throws IOException {
    channel().truncate(to);
  }

  void force() throws IOException {
    channel().force(false);
  }

  void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException nothingMoreToDo) {
        // What mattered was forced before; the descriptor is gone in any case.
        return;
      }
    }
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(path);
  }
}
