package io.cadenza.writer.whisper;

import io.cadenza.store.Fetched;

/** Reads points of files, as Python's fetch does. One thread, one file after the other. */
final class Fetch {
  /** Whichever reaches far enough back. */
  static final int ANY_STEP = 0;

  private final SlotReader reader;
  private final Memory small;

  Fetch(Disk disk) {
    reader = new SlotReader(disk);
    small = disk.memory(Long.BYTES);
  }

  /**
   * Reads the points after {@code from} up to and with {@code until}; at least one.
   *
   * @param step of the archive; {@link #ANY_STEP}: of the finest that reaches back to {@code from}
   * @return null when the file has nothing of that time, as it is too far back or yet to come
   * @throws IllegalArgumentException when {@code from} is after {@code until}, or no archive has
   *     that step
   */
  Fetched fetch(WhisperFile file, long from, long until, long now, int step)
      throws DiskException, CorruptFileException {
    if (from > until) {
      throw new IllegalArgumentException("from " + from + " is after until " + until);
    }
    long oldest = now - file.layout.maxRetention();
    if (from > now || until < oldest) {
      return null;
    }
    long begin = Math.max(from, oldest);
    int index = step == ANY_STEP ? reaching(file, now - begin) : withStep(file, step);
    return read(file, index, begin, Math.min(until, now));
  }

  private static int reaching(WhisperFile file, long back) {
    int index = 0;
    while (index < file.archives() - 1 && file.archive(index).retention() < back) {
      index++;
    }
    return index;
  }

  private static int withStep(WhisperFile file, int step) {
    for (int i = 0; i < file.archives(); i++) {
      if (file.archive(i).step() == step) {
        return i;
      }
    }
    throw new IllegalArgumentException("no archive has a step of " + step + " s");
  }

  private Fetched read(WhisperFile file, int index, long from, long until)
      throws DiskException, CorruptFileException {
    int step = file.archive(index).step();
    long start = Fetched.intervalOf(from, step);
    long end = Math.max(Fetched.intervalOf(until, step), start + step);
    double[] values = Fetched.nothing(Math.toIntExact((end - start) / step));
    long base = file.base(index, small);
    if (base != 0) {
      reader.begin(file, index, base, start, values.length);
      long time = start;
      for (int i = 0; i < values.length; i++, time += step) {
        reader.next();
        if (reader.time() == time) {
          values[i] = reader.value();
        }
      }
    }
    return new Fetched(start, step, file.layout.method(), values, null);
  }
}
