package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cadenza.line.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds all files in a folder, by walking through it: no file is opened, and what a folder tells of
 * its files is believed. Removes what processes that died have left half made. One thread.
 */
final class NameTree {
  private static final byte[] SUFFIX = KeyPaths.SUFFIX.getBytes(US_ASCII);
  private static final byte[] TEMPORARY = NewFiles.TEMPORARY.getBytes(US_ASCII);
  private static final byte[] TAGGED = KeyPaths.TAGGED.getBytes(US_ASCII);
  private static final byte[] SLASH = {'/'};

  /** Seconds after which what is not whole yet will not be. */
  private static final int LEFT_BEHIND = 3600;

  /** Is told of a file. */
  interface Found {
    /**
     * @param folder in which it is, below the one that is walked through, with slashes: {@code
     *     a/b/}
     * @param name without the suffix; good until this returns
     */
    void file(byte[] folder, byte[] name, int length);
  }

  private final Disk disk;
  private final FilePath path;
  private final Stamp stamp;
  private final Stamp above;
  private final long now;
  private final Found found;
  private int rootLength;
  private boolean withTags;

  /**
   * @param now seconds since 1970
   */
  NameTree(Disk disk, long now, Found found) {
    this.disk = disk;
    this.path = new FilePath(disk);
    this.stamp = new Stamp(disk);
    this.above = new Stamp(disk);
    this.now = now;
    this.found = found;
  }

  /** Tells of all files but those of names with tags. */
  void plain(KeyPaths paths) throws DiskException {
    withTags = false;
    walk(paths);
  }

  /** Tells of the files of names with tags. */
  void tagged(KeyPaths paths) throws DiskException {
    withTags = true;
    walk(paths);
  }

  private void walk(KeyPaths paths) throws DiskException {
    paths.root(path);
    rootLength = path.length();
    if (!withTags || path.add(TAGGED) && path.add(SLASH)) {
      folder();
    }
  }

  /** What is in a folder is sorted out before any of it is gone into: one is open at a time. */
  private void folder() throws DiskException {
    int length = path.length();
    byte[] below = Arrays.copyOfRange(path.toBytes(), rootLength, length);
    List<byte[]> folders = new ArrayList<>();
    List<byte[]> others = new ArrayList<>();
    disk.list(
        path,
        (name, end, kind) -> {
          boolean isFile = isFile(name, end);
          if (isFile && kind == Disk.Kind.FILE) {
            found.file(below, name, end - SUFFIX.length);
          } else if (kind == Disk.Kind.FOLDER && isFolder(below, name, end)) {
            folders.add(Arrays.copyOf(name, end));
          } else if (kind == Disk.Kind.UNKNOWN || isTemporary(name, end)) {
            others.add(Arrays.copyOf(name, end));
          }
        });
    for (byte[] one : folders) {
      into(one);
      path.cut(length);
    }
    for (byte[] one : others) {
      other(below, one);
      path.cut(length);
    }
  }

  /** A name of ours has no dot but that of the suffix. */
  private static boolean isFile(byte[] name, int length) {
    int dot = Bytes.indexOf(name, 0, length, (byte) '.');
    return dot > 0 && dot == length - SUFFIX.length && Bytes.startsWith(name, dot, length, SUFFIX);
  }

  private boolean isFolder(byte[] below, byte[] name, int length) {
    boolean isTagged =
        below.length == 0 && Arrays.equals(name, 0, length, TAGGED, 0, TAGGED.length);
    return !isTagged && Bytes.indexOf(name, 0, length, (byte) '.') < 0;
  }

  private static boolean isTemporary(byte[] name, int length) {
    return Bytes.startsWith(name, 0, length, TEMPORARY);
  }

  private void into(byte[] name) throws DiskException {
    if (path.add(name) && path.add(SLASH)) {
      folder();
    }
  }

  /** A link, or what a folder does not tell of. */
  private void other(byte[] below, byte[] name) throws DiskException {
    if (!path.add(name) || !disk.stamp(path, stamp)) {
      return;
    }
    if (stamp.isFile && isTemporary(name, name.length)) {
      if (now - stamp.changed > LEFT_BEHIND) {
        disk.remove(path);
      }
    } else if (stamp.isFile && isFile(name, name.length)) {
      found.file(below, name, name.length - SUFFIX.length);
    } else if (stamp.isFolder && isFolder(below, name, name.length) && !isRound()) {
      if (path.add(SLASH)) {
        folder();
      }
    }
  }

  /** Whether the folder, behind a link, is one of those that it is in. */
  private boolean isRound() throws DiskException {
    int length = path.length();
    for (int i = rootLength - 1; i < length; i++) {
      if (i > 0 && path.at(i) == '/') {
        path.cut(i);
        boolean there = disk.stamp(path, above);
        path.uncut(length);
        if (there && above.inode == stamp.inode && above.device == stamp.device) {
          return true;
        }
      }
    }
    return false;
  }
}
