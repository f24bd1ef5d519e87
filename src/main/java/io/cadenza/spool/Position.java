package io.cadenza.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Up to where a lane's lines are with the destination: a small file beside the segments.
 *
 * <p>Two slots of 64 bytes, written in turn, in place: when one is torn the other tells of a place
 * before it, and lines are sent twice rather than not at all. A slot, big-endian: "CDZP", version 1
 * (int), generation, number of the segment, its birth, offset in it, sequence (longs), 12 bytes of
 * zero, CRC32C of all before. It is a hint: whoever opens the lane checks that there is such a
 * place.
 */
final class Position implements Closeable {
  static final String NAME = "position";

  private static final int MAGIC = 0x43445A50;
  private static final int VERSION = 1;
  private static final int SLOT = 64;
  private static final int SUM = 60;

  private final Disk disk;
  private final Path file;
  private FileChannel channel;
  private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT);
  private final byte[] bytes = new byte[SLOT];
  private long generation;
  private boolean dirty;

  /**
   * A place in a lane.
   *
   * @param sequence of the first line that is not done
   */
  record Mark(long segment, long birth, long offset, long sequence) {}

  Position(Disk disk, Path folder) throws IOException {
    this.disk = disk;
    this.file = folder.resolve(NAME);
    channel();
  }

  /** Opened again when an interrupt has closed it. */
  private FileChannel channel() throws IOException {
    if (channel == null || !channel.isOpen()) {
      channel =
          disk.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
    return channel;
  }

  /** The file has been removed: makes a new one. */
  void remake(Mark mark) throws IOException {
    channel.close();
    replace(mark);
  }

  /** What there is to read, if there is one. */
  static Optional<Mark> look(Path folder) throws IOException {
    Disk readOnly = (path, options) -> FileChannel.open(path, StandardOpenOption.READ);
    try (Position position = new Position(readOnly, folder)) {
      return position.read();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** What the newer of the slots that are whole says. */
  Optional<Mark> read() throws IOException {
    Optional<Mark> newest = Optional.empty();
    for (int i = 0; i < 2; i++) {
      Optional<Mark> mark = read(channel(), i);
      long own = slot.getLong(8);
      if (mark.isPresent() && (newest.isEmpty() || own > generation)) {
        generation = own;
        newest = mark;
      }
    }
    return newest;
  }

  private Optional<Mark> read(FileChannel from, int index) throws IOException {
    slot.clear();
    while (slot.hasRemaining()) {
      if (from.read(slot, (long) index * SLOT + slot.position()) < 0) {
        return Optional.empty();
      }
    }
    slot.flip().get(bytes);
    boolean whole =
        slot.getInt(0) == MAGIC
            && slot.getInt(4) == VERSION
            && slot.getInt(SUM) == SegmentFormat.sum(bytes, 0, SUM);
    return whole
        ? Optional.of(
            new Mark(slot.getLong(16), slot.getLong(24), slot.getLong(32), slot.getLong(40)))
        : Optional.empty();
  }

  /** Notes the place, in the older slot. */
  void write(Mark mark) throws IOException {
    long next = generation + 1;
    slot.clear();
    slot.putInt(MAGIC).putInt(VERSION).putLong(next).putLong(mark.segment).putLong(mark.birth);
    slot.putLong(mark.offset).putLong(mark.sequence).putLong(0).putInt(0);
    slot.flip().get(bytes, 0, SUM);
    slot.clear().position(SUM);
    slot.putInt(SegmentFormat.sum(bytes, 0, SUM)).flip();
    long at = (next & 1) * SLOT;
    while (slot.hasRemaining()) {
      channel().write(slot, at + slot.position());
    }
    generation = next;
    dirty = true;
  }

  /** Notes the place in both slots: nothing that was noted before counts any more. */
  void replace(Mark mark) throws IOException {
    write(mark);
    write(mark);
  }

  void force() throws IOException {
    if (dirty) {
      channel().force(false);
      dirty = false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
