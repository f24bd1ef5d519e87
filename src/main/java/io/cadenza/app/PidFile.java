package io.cadenza.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;

/**
 * The file that says which process serves. The process that it names holds a lock on it as long as
 * it lives, so that no other is ever taken for it, whatever became of its number.
 */
final class PidFile {
  private final Path path;
  private final long pid = ProcessHandle.current().pid();
  private final Path turns;
  private FileChannel held;
  private FileChannel turn;
  private Object key;

  PidFile(Path path) {
    this.path = path;
    this.turns = path.resolveSibling(path.getFileName() + ".lock");
  }

  /**
   * Processes take the place of each other one after the other: two at once would each tell the
   * same one to stop, and stay both. The turn ends with {@link #endTurn}, or with the process.
   *
   * @return false while it is another's turn
   * @throws IOException when there can be no pid file here
   */
  boolean takeTurn() throws IOException {
    FileChannel file = FileChannel.open(turns, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      turn = file.tryLock() == null ? null : file;
    } catch (OverlappingFileLockException own) {
      turn = null; // A thread of this process has it.
    } finally {
      if (turn == null) {
        file.close();
      }
    }
    return turn != null;
  }

  /** The next may take its turn. */
  void endTurn() throws IOException {
    if (turn != null) {
      turn.close();
    }
  }

  /** The process that serves now, if there is one: it is a Cadenza, and lives. */
  OptionalLong serving() throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      FileLock lock = file.tryLock();
      return lock == null ? named() : OptionalLong.empty();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (OverlappingFileLockException own) {
      return OptionalLong.of(pid);
    }
  }

  private OptionalLong named() throws IOException {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(path).strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /** From now on this process serves: the file says so at once, whatever it said before. */
  void write() throws IOException {
    Path first = path.resolveSibling(path.getFileName() + "." + pid);
    Files.deleteIfExists(first); // Of a process that had our number; or a link to who knows where.
    held = FileChannel.open(first, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    held.lock();
    held.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)));
    key = key(first);
    Files.move(first, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Which other process serves from now on, if the file names one. */
  OptionalLong successor() throws IOException {
    return held == null || isOurs() ? OptionalLong.empty() : named();
  }

  /** Removes the file, if it is still this process's. */
  void remove() throws IOException {
    if (held == null) {
      return;
    }
    if (isOurs()) {
      Files.delete(path);
    }
    held.close();
  }

  /** Not found out by reading it: a lock goes with the first close of a file, whoever opened it. */
  private boolean isOurs() throws IOException {
    try {
      return key.equals(key(path));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }
}
