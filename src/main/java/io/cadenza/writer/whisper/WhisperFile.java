package io.cadenza.writer.whisper;

/**
 * A file of whisper's that is or was open: what is known of it. One thread at a time.
 *
 * <p>The first slot of an archive says which times the others are for: its base. Once there, it
 * changes only by whole rounds, which makes no difference, so it is read once.
 */
final class WhisperFile {
  /** Closed now and then, and opened again. */
  private DiskFile io;

  private boolean isOpen = true;
  final Layout layout;
  final Tails tails;

  /** Those that are known, of 32 bits; else 0, as of an archive in which nothing is. */
  private final int[] bases;

  WhisperFile(DiskFile io, Layout layout) {
    this.io = io;
    this.layout = layout;
    this.bases = new int[layout.archives().size()];
    this.tails = new Tails(layout);
  }

  /**
   * Opens what is at a path.
   *
   * @param stamp has what the system knows of it afterwards
   * @return null when there is nothing
   * @throws CorruptFileException when it is no file of whisper's
   */
  static WhisperFile open(Disk disk, FilePath path, boolean toWrite, Memory memory, Stamp stamp)
      throws DiskException, CorruptFileException {
    DiskFile io = disk.open(path, toWrite, null);
    if (io == null) {
      return null;
    }
    boolean good = false;
    try {
      io.stamp(stamp);
      if (!stamp.isFile) {
        throw new DiskException(DiskException.Fault.WRONG_KIND, path + ": is no file");
      }
      WhisperFile file = new WhisperFile(io, readLayout(io, memory, stamp.size));
      good = true;
      return file;
    } finally {
      if (!good) {
        io.close();
      }
    }
  }

  static Layout readLayout(DiskFile io, Memory memory, long size)
      throws DiskException, CorruptFileException {
    int length = io.read(memory, 0, Layout.MOST_HEADER, 0);
    return Layout.parse(memory, length, size);
  }

  /**
   * Makes a file with nothing in it, which is not seen before it is whole.
   *
   * @param temporary a name in the same folder, for until then
   * @param sparse whether it takes room on the disk only when it is written to
   * @param sync whether it is forced to the disk first
   * @return the file; null when there is something of that name
   */
  static DiskFile create(
      Disk disk,
      FilePath path,
      FilePath temporary,
      Layout layout,
      boolean sparse,
      boolean sync,
      Memory memory)
      throws DiskException {
    DiskFile io = createTemporary(disk, temporary);
    boolean moved = false;
    try {
      layout.put(memory.bytes);
      io.write(memory, 0, layout.headerBytes(), 0);
      if (!sparse) {
        fill(io, layout, memory);
      }
      io.resize(layout.fileBytes());
      if (sync) {
        io.sync();
      }
      moved = disk.move(temporary, path);
      return moved ? io : null;
    } finally {
      if (!moved) {
        io.close();
        disk.remove(temporary);
      }
    }
  }

  /** What an earlier attempt has left is in nobody's way. */
  private static DiskFile createTemporary(Disk disk, FilePath temporary) throws DiskException {
    try {
      return disk.create(temporary);
    } catch (DiskException failed) {
      if (failed.fault != DiskException.Fault.THERE) {
        throw failed;
      }
      disk.remove(temporary);
      return disk.create(temporary);
    }
  }

  private static void fill(DiskFile io, Layout layout, Memory memory) throws DiskException {
    for (int i = 0; i < memory.size(); i++) {
      memory.bytes.put(i, (byte) 0);
    }
    long end = layout.fileBytes();
    for (long at = layout.headerBytes(); at < end; at += memory.size()) {
      io.write(memory, 0, (int) Math.min(memory.size(), end - at), at);
    }
  }

  /** Writes another method or factor into the header. */
  void aggregation(Layout other, Memory memory) throws DiskException {
    other.put(memory.bytes);
    io.write(memory, 0, other.headerBytes(), 0);
  }

  Archive archive(int index) {
    return layout.archives().get(index);
  }

  int archives() {
    return bases.length;
  }

  /** The base of an archive; 0 when there is nothing in it. */
  long base(int archive, Memory memory) throws DiskException, CorruptFileException {
    if (bases[archive] == 0) {
      if (io.read(memory, 0, Integer.BYTES, archive(archive).offset()) < Integer.BYTES) {
        throw new CorruptFileException("it was cut off");
      }
      bases[archive] = memory.bytes.getInt(0);
    }
    return bases[archive] & 0xffff_ffffL;
  }

  /** An archive in which nothing was has a first slot now. */
  void base(int archive, long interval) {
    bases[archive] = (int) interval;
  }

  DiskFile io() {
    return io;
  }

  boolean isOpen() {
    return isOpen;
  }

  void close() {
    io.close();
    isOpen = false;
  }

  /** It is open again, and nothing has changed. */
  void reopened(DiskFile other) {
    if (io != other) {
      io = other;
    }
    isOpen = true;
  }
}
