package io.cadenza.writer.whisper;

import io.cadenza.writer.whisper.DiskException.Fault;
import java.util.concurrent.ThreadLocalRandom;

/** Makes files for series that have none, as many as may be made in a time. One thread. */
final class NewFiles {
  /** What a file that is not whole yet is called, in the folder that it will be in. */
  static final String TEMPORARY = ".cadenza-";

  static final String TEMPORARY_END = ".tmp";

  private static final int MEMORY = 1 << 16;
  private static final int MINUTE = 60_000;

  private final WhisperParts parts;
  private final WhisperConfig config;
  private final Disk disk;
  private final KeyPaths paths;
  private final FilePath other;
  private final Memory memory;
  private final Stamp stamp;
  private final String temporary =
      TEMPORARY + Long.toHexString(ThreadLocalRandom.current().nextLong()) + TEMPORARY_END;

  private TokenBucket creates;
  private Layout layout;
  private boolean there;

  NewFiles(WhisperParts parts) {
    this.parts = parts;
    this.config = parts.config();
    this.disk = parts.disk();
    this.paths = parts.paths();
    this.other = new FilePath(disk);
    this.memory = disk.memory(MEMORY);
    this.stamp = new Stamp(disk);
    this.creates = new TokenBucket(config.createsPerMinute(), MINUTE, parts.steady());
  }

  /** Makes as many as are wanted from now on. */
  void makeAll() {
    creates = new TokenBucket(TokenBucket.UNLIMITED, MINUTE, parts.steady());
  }

  /**
   * Makes the file of a key.
   *
   * @return open; null when it {@link #isThere}, or is not to be made now
   */
  DiskFile make(FilePath path, byte[] key) throws DiskException {
    there = adopt(path, key);
    if (there || !creates.has()) {
      return null;
    }
    creates.take();
    layout = config.layout(key);
    other.setFolderOf(path);
    other.add(temporary);
    DiskFile io;
    try {
      io = make(path);
    } catch (DiskException failed) {
      if (failed.fault != Fault.NOT_THERE) {
        throw failed;
      }
      Folders.make(disk, path);
      io = make(path);
    }
    there = io == null;
    if (io != null) {
      made(path);
    }
    return io;
  }

  /** Whether the last that was not made was there. */
  boolean isThere() {
    return there;
  }

  /** That of the last file that was made. */
  Layout layout() {
    return layout;
  }

  /** A file of tagged names that was made before names were hashed gets its new name. */
  private boolean adopt(FilePath path, byte[] key) throws DiskException {
    boolean readable = config.hashTagged() && KeyPaths.hasTags(key) && paths.set(other, key, false);
    if (!readable || !disk.stamp(other, stamp) || !stamp.isFile) {
      return false;
    }
    disk.move(other, path); // Both have the same folder.
    return true;
  }

  private DiskFile make(FilePath path) throws DiskException {
    boolean sync = config.fsync() == Fsync.ALWAYS;
    return WhisperFile.create(disk, path, other, layout, config.sparse(), sync, memory);
  }

  private void made(FilePath path) throws DiskException {
    parts.meters().created.increment();
    if (config.fsync() == Fsync.ALWAYS) {
      other.setFolderOf(path);
      disk.syncFolder(other);
    }
  }
}
