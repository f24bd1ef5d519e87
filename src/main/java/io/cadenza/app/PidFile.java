package io.cadenza.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * The file that says which process serves. The process that it names holds a lock on it as long as
 * it lives, so that no other is ever taken for it, whatever became of its number.
 */
final class PidFile {
  private final Path path;
  private final long pid = ProcessHandle.current().pid();
  private FileChannel held;

  PidFile(Path path) {
    this.path = path;
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
    Files.writeString(first, pid + "\n", StandardCharsets.US_ASCII);
    held = FileChannel.open(first, StandardOpenOption.WRITE);
    held.lock();
    Files.move(first, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Which other process serves from now on, if the file names one. */
  OptionalLong successor() throws IOException {
    OptionalLong named = named();
    return held != null && named.isPresent() && named.getAsLong() != pid
        ? named
        : OptionalLong.empty();
  }

  /** Removes the file, if it is still this process's. */
  void remove() throws IOException {
    if (held != null && named().equals(OptionalLong.of(pid))) {
      Files.delete(path);
    }
    if (held != null) {
      held.close();
    }
  }
}
