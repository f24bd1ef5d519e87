package io.cadenza.writer.whisper;

import io.cadenza.writer.whisper.DiskException.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of series with tags whose files have a hash for a name: a line each in the file {@code
 * _tagged/names}, which only grows until a start finds that half of it is of no use. One thread.
 *
 * <p>A line counts only when the file of that name's hash is there, so a line that is torn, changed
 * or there twice does no harm; a name that is missing is written again when a point of it comes.
 */
final class TaggedNames {
  private static final Logger LOG = LoggerFactory.getLogger(TaggedNames.class);
  private static final String FILE = KeyPaths.TAGGED + "/names";
  private static final String TEMPORARY = NewFiles.TEMPORARY + "names" + NewFiles.TEMPORARY_END;
  private static final int MEMORY = 1 << 16;
  private static final int HASH = 64;

  /** Lines of no use that are no reason to write the file anew. */
  private static final int FEW = 1000;

  private final WhisperParts parts;
  private final Disk disk;
  private final KeyPaths paths;
  private final FilePath path;
  private final FilePath other;
  private final Memory memory;
  private final Stamp stamp;
  private boolean added;

  TaggedNames(WhisperParts parts) {
    this.parts = parts;
    this.disk = parts.disk();
    this.paths = parts.paths();
    this.path = new FilePath(disk);
    this.other = new FilePath(disk);
    this.memory = disk.memory(MEMORY);
    this.stamp = new Stamp(disk);
    paths.root(path);
    path.add(FILE);
  }

  /** Tells the names of all files with tags that are known. */
  void load(Consumer<byte[]> each) throws DiskException {
    HashMarks files = new HashMarks();
    new NameTree(disk, parts.now(), (folder, name, length) -> file(name, length, files, each))
        .tagged(paths);
    long[] lines = {0};
    lines(
        name -> {
          lines[0]++;
          if (files.mark(hash(name))) {
            each.accept(name);
          }
        });
    int unknown = files.size() - files.marked();
    if (unknown > 0) {
      LOG.info("{} files of names with tags are of names that are not known yet", unknown);
    }
    long useless = lines[0] - files.marked();
    if (!added && useless > FEW && useless > files.marked()) {
      writeAnew(files);
    }
  }

  /** A file has the hash for a name, or the name itself with dots written in another way. */
  private void file(byte[] name, int length, HashMarks files, Consumer<byte[]> each) {
    if (length == HASH && isHex(name, length)) {
      files.add(firstOf(name));
      return;
    }
    byte[] key = withDots(name, length);
    if (KeyPaths.hasTags(key) && paths.set(other, key, false) && isThere(other)) {
      each.accept(key);
    }
  }

  private boolean isThere(FilePath file) {
    try {
      return disk.stamp(file, stamp);
    } catch (DiskException unknown) {
      return false;
    }
  }

  private static boolean isHex(byte[] name, int length) {
    for (int i = 0; i < length; i++) {
      if (Character.digit(name[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The number that the first 16 digits are. */
  private static long firstOf(byte[] hex) {
    long number = 0;
    for (int i = 0; i < 16; i++) {
      number = number << 4 | Character.digit(hex[i], 16);
    }
    return number;
  }

  private long hash(byte[] key) {
    return firstOf(paths.hash(key));
  }

  private static byte[] withDots(byte[] name, int length) {
    byte[] key = new byte[length];
    int to = 0;
    for (int i = 0; i < length; i++) {
      if (isDot(name, i, length)) {
        key[to++] = '.';
        i += KeyPaths.DOT.length() - 1;
      } else {
        key[to++] = name[i];
      }
    }
    return Arrays.copyOf(key, to);
  }

  private static boolean isDot(byte[] name, int at, int length) {
    String dot = KeyPaths.DOT;
    for (int i = 0; i < dot.length(); i++) {
      if (at + i >= length || name[at + i] != dot.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Is told of a line. */
  private interface Line {
    void name(byte[] bytes) throws DiskException;
  }

  /** Tells all lines that may be names; a last one without its end is none yet. */
  private void lines(Line each) throws DiskException {
    DiskFile file = open(false);
    if (file == null) {
      return;
    }
    try {
      byte[] line = new byte[FilePath.MOST];
      int length = 0;
      long at = 0;
      for (int n = file.read(memory, 0, MEMORY, 0); n > 0; n = file.read(memory, 0, MEMORY, at)) {
        at += n;
        for (int i = 0; i < n; i++) {
          byte b = memory.bytes.get(i);
          if (b != '\n' && length < line.length) {
            line[length] = b;
          }
          length++;
          if (b == '\n') {
            line(line, length - 1, each);
            length = 0;
          }
        }
      }
    } finally {
      file.close();
    }
  }

  private static void line(byte[] line, int length, Line each) throws DiskException {
    if (length > 0 && length <= line.length) {
      each.name(Arrays.copyOf(line, length));
    }
  }

  /** Null when there is none to read. What is no file is set aside. */
  private DiskFile open(boolean toWrite) throws DiskException {
    if (disk.stamp(path, stamp) && !stamp.isFile) {
      other.set(path);
      other.add(".corrupt-" + parts.now());
      disk.replace(path, other);
      LOG.warn("{} was no file and is now {}", path, other);
    }
    DiskFile file = disk.open(path, toWrite, null);
    return file == null && toWrite ? create() : file;
  }

  private DiskFile create() throws DiskException {
    try {
      return disk.create(path);
    } catch (DiskException failed) {
      if (failed.fault != Fault.NOT_THERE) {
        throw failed;
      }
      Folders.make(disk, path);
      return disk.create(path);
    }
  }

  /** Writes names behind the others; those whose files have no hash for a name are left out. */
  void add(List<byte[]> keys) throws DiskException {
    boolean any = keys.stream().anyMatch(this::isHashed);
    if (!any) {
      return;
    }
    added = true;
    DiskFile file = open(true);
    try {
      file.stamp(stamp);
      NameLines lines = new NameLines(file, memory, stamp.size);
      if (stamp.size > 0 && !endsWithLine(file, stamp.size)) {
        lines.endLine();
      }
      for (byte[] key : keys) {
        if (isHashed(key)) {
          lines.add(key);
        }
      }
      lines.write();
    } finally {
      file.close();
    }
  }

  private boolean isHashed(byte[] key) {
    return parts.config().hashTagged() && KeyPaths.hasTags(key) && paths.set(other, key, true);
  }

  private boolean endsWithLine(DiskFile file, long size) throws DiskException {
    return file.read(memory, 0, 1, size - 1) == 1 && memory.bytes.get(0) == '\n';
  }

  /** Has only those names that there are files of. */
  private void writeAnew(HashMarks files) throws DiskException {
    files.clearMarks();
    other.setFolderOf(path);
    other.add(TEMPORARY);
    disk.remove(other);
    DiskFile file = disk.create(other);
    boolean whole = false;
    try {
      NameLines lines = new NameLines(file, disk.memory(MEMORY), 0);
      lines(
          name -> {
            if (files.mark(hash(name))) {
              lines.add(name);
            }
          });
      lines.write();
      disk.replace(other, path);
      whole = true;
    } finally {
      file.close();
      if (!whole) {
        disk.remove(other);
      }
    }
  }
}
