package io.cadenza.writer.whisper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file system as the whisper store needs it, by names of bytes. Any thread, each with memory of
 * its own. Tests have disks that fail.
 */
interface Disk {
  /** Is told what a folder has. */
  interface Entries {
    /**
     * One of them; the name is good until this returns.
     *
     * @param kind as far as the folder tells
     */
    void entry(byte[] name, int length, Kind kind);
  }

  /** What a name in a folder stands for. */
  enum Kind {
    FILE,
    FOLDER,
    /** A link, or a file system that does not say: to be looked at. */
    UNKNOWN,
    OTHER
  }

  /** Memory that this disk reads into and writes from. */
  Memory memory(int size);

  /**
   * Opens a file.
   *
   * @param again one that this disk has opened before and that is closed, to become this one rather
   *     than to make another; null for another
   * @return null when there is none
   */
  DiskFile open(FilePath path, boolean toWrite, DiskFile again) throws DiskException;

  /** Makes a file that was not there, open for both. */
  DiskFile create(FilePath path) throws DiskException;

  /** Makes a folder, or finds it there. */
  void makeFolder(FilePath path) throws DiskException;

  /**
   * Gives a file another name.
   *
   * @return false when something has that name, and nothing was done
   */
  boolean move(FilePath from, FilePath to) throws DiskException;

  /** Gives a file the name of another, in its place. */
  void replace(FilePath from, FilePath to) throws DiskException;

  /** Removes a file, if it is there. */
  void remove(FilePath path) throws DiskException;

  /**
   * Of what a name stands for, behind links.
   *
   * @return false when there is nothing
   */
  boolean stamp(FilePath path, Stamp into) throws DiskException;

  /**
   * Tells all that is in a folder.
   *
   * @return false when there is none
   */
  boolean list(FilePath folder, Entries entries) throws DiskException;

  /** Forces the names in a folder to the disk. */
  void syncFolder(FilePath folder) throws DiskException;

  /** Whether {@link DiskFile#tryLock} can be had. */
  boolean locks();

  /** The system's own calls, where they can be had; else what the JDK has. */
  static Disk best() {
    return Best.DISK;
  }

  /** Found once. */
  final class Best {
    private static final Logger LOG = LoggerFactory.getLogger(Disk.class);
    private static final Disk DISK = find();

    private Best() {}

    private static Disk find() {
      try {
        return NativeDisk.load();
      } catch (LinkageError | RuntimeException unusable) {
        LOG.info("whisper files are opened by the JDK, as libc can't be called: {}", unusable + "");
        return new JdkDisk();
      }
    }
  }
}
