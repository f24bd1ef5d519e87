package io.cadenza.writer.whisper;

import java.nio.ByteBuffer;

/** Reads slots of an archive one after the other, round its end. One thread. */
final class SlotReader {
  private static final int MOST = 4096;

  private final Memory memory;
  private final ByteBuffer bytes;
  private WhisperFile file;
  private Archive archive;

  /** Where the next ones are read. */
  private int slot;

  private long left;
  private int at;
  private int end;

  SlotReader(Disk disk) {
    memory = disk.memory(MOST * Archive.SLOT);
    bytes = memory.bytes;
  }

  /**
   * Begins to read.
   *
   * @param base of the archive, in which there is something
   * @param interval where the first slot begins
   * @param slots how many will be asked for
   */
  void begin(WhisperFile from, int index, long base, long interval, long slots) {
    file = from;
    archive = from.archive(index);
    slot = archive.slot(interval, base);
    left = slots;
    at = 0;
    end = 0;
  }

  /** Goes to the next slot. */
  void next() throws DiskException, CorruptFileException {
    at += Archive.SLOT;
    if (at >= end) {
      fill();
    }
  }

  private void fill() throws DiskException, CorruptFileException {
    int slots = (int) Math.min(Math.min(left, MOST), archive.points() - slot);
    end = slots * Archive.SLOT;
    if (file.io().read(memory, 0, end, archive.at(slot)) < end) {
      throw new CorruptFileException("it was cut off");
    }
    at = 0;
    left -= slots;
    slot = slot + slots == archive.points() ? 0 : slot + slots;
  }

  /** Of the slot: what time it has a value of, which may be another than that asked for. */
  long time() {
    return bytes.getInt(at) & 0xffff_ffffL;
  }

  double value() {
    return bytes.getDouble(at + Integer.BYTES);
  }
}
