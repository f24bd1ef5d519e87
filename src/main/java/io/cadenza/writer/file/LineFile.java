package io.cadenza.writer.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Objects;

/**
 * One file of whole lines. Lines of a batch are there all or none: {@link #commit} keeps what was
 * added since the last time, {@link #rollBack} takes it away. It is locked while it is open, so
 * that a process that takes over waits until this one has let go. One thread.
 */
final class LineFile implements AutoCloseable {
  private static final int BUFFER = 256 << 10;
  private static final int TAIL = 64 << 10;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  private final Path path;
  private final Disk disk;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private FileChannel channel;
  private Object inode;

  /** Where the lines of batches that are done end, and where the file does. */
  private long committed;

  private long written;

  /** Where the lines end that are to be kept of a file that failed; -1 when it did not. */
  private long endsAt = -1;

  LineFile(Path path, Disk disk) {
    this.path = path;
    this.disk = disk;
  }

  /** Adds a line that ends with a newline. */
  void add(byte[] bytes, int length) throws IOException {
    if (buffer.remaining() < length) {
      drain();
    }
    if (length > buffer.capacity()) {
      write(ByteBuffer.wrap(bytes, 0, length));
    } else {
      buffer.put(bytes, 0, length);
    }
  }

  /** Hands all that was added to the system; it is not kept before {@link #commit}. */
  void drain() throws IOException {
    if (buffer.position() == 0) {
      return;
    }
    buffer.flip();
    try {
      write(buffer);
    } finally {
      buffer.clear();
    }
  }

  private void write(ByteBuffer from) throws IOException {
    open();
    while (from.hasRemaining()) {
      written += channel.write(from, written);
    }
  }

  /** What was drained stays. */
  void commit() {
    committed = written;
  }

  /**
   * What was added since {@link #commit} goes, so that no line of it is there, whole or torn. Where
   * the disk does not even do that now, it is done before anything else is written.
   */
  void rollBack() {
    buffer.clear();
    if (channel == null) {
      return;
    }
    try {
      channel.truncate(committed);
      written = committed;
    } catch (IOException failsToo) {
      FileChannel failed = channel;
      channel = null;
      endsAt = committed;
      closeQuietly(failed);
    }
  }

  private static void closeQuietly(FileChannel failed) {
    try {
      failed.close();
    } catch (IOException notToBeHelped) {
      // It is let go in any case.
    }
  }

  private void open() throws IOException {
    if (channel != null) {
      return;
    }
    if (path.getParent() != null) {
      Files.createDirectories(path.getParent());
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException(path + " is no plain file");
    }
    FileChannel opened = disk.open(path, CREATE, READ, WRITE);
    try {
      lock(opened);
      Object own = inode();
      long end = endsAt >= 0 && Objects.equals(own, inode) ? endsAt : endOfLastLine(opened);
      opened.truncate(end);
      endsAt = -1;
      inode = own;
      committed = end;
      written = end;
      channel = opened;
    } finally {
      if (channel == null) {
        opened.close();
      }
    }
  }

  /** Until it is closed. */
  private void lock(FileChannel opened) throws IOException {
    FileLock lock;
    try {
      lock = opened.tryLock();
    } catch (OverlappingFileLockException ownProcess) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException(path + " is being written by somebody else");
    }
  }

  /** A process that died in the midst of a line has left a part of it. */
  private static long endOfLastLine(FileChannel opened) throws IOException {
    long size = opened.size();
    long from = Math.max(0, size - TAIL);
    ByteBuffer tail = ByteBuffer.allocate((int) (size - from));
    while (tail.hasRemaining() && opened.read(tail, from + tail.position()) > 0) {
      // Until all of it is there.
    }
    for (int i = tail.position() - 1; i >= 0; i--) {
      if (tail.get(i) == '\n') {
        return from + i + 1;
      }
    }
    return from == 0 ? 0 : size;
  }

  private Object inode() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /**
   * Begins another file when this one is longer than that, or somebody has moved it away.
   *
   * @param now what the name of the old one gets behind it
   */
  void rotate(long maxSize, TemporalAccessor now) throws IOException {
    if (channel == null) {
      return;
    }
    if (isGone()) {
      close();
    } else if (written > maxSize) {
      close();
      Files.move(path, free(path + "." + STAMP.format(now)));
    }
  }

  private boolean isGone() throws IOException {
    try {
      return !Objects.equals(inode, inode());
    } catch (NoSuchFileException gone) {
      return true;
    }
  }

  private static Path free(String name) {
    Path free = Path.of(name);
    for (int i = 1; Files.exists(free); i++) {
      free = Path.of(name + "-" + i);
    }
    return free;
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
