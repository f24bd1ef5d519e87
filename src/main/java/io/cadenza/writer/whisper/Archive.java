package io.cadenza.writer.whisper;

/**
 * Where a file has the points of one resolution: slots of 12 bytes, a time and a value, which are
 * written over round and round.
 *
 * @param offset where the first slot is in the file
 * @param step seconds from one point to the next
 * @param points how many slots
 */
record Archive(long offset, int step, int points) {
  /** A time of 32 bits and a value of 64. */
  static final int SLOT = 12;

  /** How far back it reaches, in seconds. */
  long retention() {
    return (long) step * points;
  }

  /** Where the interval of a time begins. */
  long startOf(long time) {
    return time - Math.floorMod(time, (long) step);
  }

  /** Which slot is that of an interval, when the first slot is that of {@code base}. */
  int slot(long interval, long base) {
    return (int) Math.floorMod(Math.floorDiv(interval - base, (long) step), (long) points);
  }

  /** Where a slot is in the file. */
  long at(int slot) {
    return offset + (long) slot * SLOT;
  }
}
