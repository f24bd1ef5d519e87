package io.cadenza.writer.whisper;

import java.nio.ByteBuffer;

/**
 * Writes slots of one archive that follow each other in one go. One thread, which gives it one file
 * after the other.
 */
final class SlotRun {
  private static final int MOST = 4096;

  private final Memory memory;
  private final ByteBuffer bytes;
  private final Memory small;
  private WhisperFile file;
  private int archive;
  private int step;
  private long start;
  private int count;

  SlotRun(Disk disk) {
    memory = disk.memory(MOST * Archive.SLOT);
    bytes = memory.bytes;
    small = disk.memory(Long.BYTES);
  }

  void begin(WhisperFile into, int index) {
    file = into;
    archive = index;
    step = into.archive(index).step();
    count = 0;
  }

  /** A slot; all before it are written first when it does not follow them. */
  void add(long interval, double value) throws DiskException, CorruptFileException {
    if (interval <= 0) {
      return; // 0 is the time of an empty slot.
    }
    if (count > 0 && (count == MOST || interval != start + (long) count * step)) {
      end();
    }
    if (count == 0) {
      start = interval;
    }
    bytes.putInt(count * Archive.SLOT, (int) interval);
    bytes.putDouble(count * Archive.SLOT + Integer.BYTES, value);
    count++;
  }

  /** Writes what is not written. */
  void end() throws DiskException, CorruptFileException {
    if (count == 0) {
      return;
    }
    Archive where = file.archive(archive);
    long base = file.base(archive, small);
    boolean first = base == 0;
    if (first) {
      base = start;
    }
    int left = count;
    int from = Math.max(0, count - where.points()); // What would be written over at once.
    int slot = where.slot(start + (long) from * step, base);
    while (from < left) {
      int slots = Math.min(left - from, where.points() - slot);
      file.io().write(memory, from * Archive.SLOT, slots * Archive.SLOT, where.at(slot));
      from += slots;
      slot = 0;
    }
    count = 0;
    if (first) {
      file.base(archive, base);
    }
  }
}
