package io.cadenza.writer.whisper;

/**
 * Writes points into files, and what follows from them into the coarser archives: Python's
 * update_many, with its rules. One thread, which gives it one file after the other.
 *
 * <p>Different in one thing: points so far in the future that they go round the archive stay in it,
 * where Python writes over the archive behind it.
 */
final class Updater {
  private final SlotRun run;
  private final SlotReader reader;
  private final Rollup rollup = new Rollup();
  private final Memory small;
  private final boolean alone;

  /**
   * @param alone whether nobody else writes to a file while it is open, so that what was written
   *     need not be read again
   */
  Updater(Disk disk, boolean alone) {
    this.alone = alone;
    run = new SlotRun(disk);
    reader = new SlotReader(disk);
    small = disk.memory(Long.BYTES);
  }

  /**
   * Writes one point, as Python's update does.
   *
   * @return false, with nothing done, when its time is to come or further back than the file
   *     reaches
   */
  boolean update(WhisperFile file, long time, double value, long now)
      throws DiskException, CorruptFileException {
    long age = now - time;
    if (age < 0 || age >= file.layout.maxRetention()) {
      return false;
    }
    Points one = new Points();
    one.add(time, value);
    return updateMany(file, one, now) == 0;
  }

  /**
   * Writes points: each into the finest archive that reaches back to it, however far in the future
   * it is. Of several of one interval the last one counts.
   *
   * @param points in the order of their time
   * @return how many, the first ones, are older than all archives
   */
  int updateMany(WhisperFile file, Points points, long now)
      throws DiskException, CorruptFileException {
    return updateMany(file, 0, points, now);
  }

  /**
   * Writes points that are whole intervals of a coarser archive.
   *
   * @param finest the index of that archive
   */
  int updateMany(WhisperFile file, int finest, Points points, long now)
      throws DiskException, CorruptFileException {
    int end = points.count;
    for (int i = finest; i < file.archives() && end > 0; i++) {
      int begin = firstSince(points, end, now - file.archive(i).retention());
      if (begin < end) {
        write(file, i, points, begin, end);
        end = begin;
      }
    }
    return end;
  }

  /** The first point not before a time. */
  private static int firstSince(Points points, int end, long time) {
    int at = points.times[0] >= time ? 0 : end;
    while (at > 0 && points.times[at - 1] >= time) {
      at--;
    }
    return at;
  }

  private void write(WhisperFile file, int index, Points points, int from, int to)
      throws DiskException, CorruptFileException {
    Archive archive = file.archive(index);
    run.begin(file, index);
    for (int i = from; i < to; i++) {
      long interval = archive.startOf(points.times[i]);
      if (i + 1 == to || archive.startOf(points.times[i + 1]) != interval) {
        run.add(interval, points.values[i]);
      }
    }
    run.end();
    long last = archive.startOf(points.times[to - 1]);
    if (last == archive.startOf(points.times[from]) && last > 0) {
      propagate(file, index, last, points.values[to - 1]);
      return;
    }
    file.tails.forget();
    int higher = index;
    while (higher + 1 < file.archives() && propagate(file, higher, points, from, to)) {
      higher++;
    }
  }

  /** Makes the points of the coarser archives that follow from one slot. */
  private void propagate(WhisperFile file, int index, long slot, double value)
      throws DiskException, CorruptFileException {
    long interval = slot;
    double newest = value;
    for (int higher = index; higher + 1 < file.archives(); higher++) {
      Archive lower = file.archive(higher + 1);
      long coarse = lower.startOf(interval);
      if (!alone || !file.tails.extend(higher, coarse, interval, newest, rollup)) {
        read(file, higher, coarse, lower.step());
      }
      int wanted = lower.step() / file.archive(higher).step();
      if (!isEnough(file, wanted)) {
        return;
      }
      interval = coarse;
      newest = rollup.value(wanted);
      run.begin(file, higher + 1);
      run.add(interval, newest);
      run.end();
    }
  }

  private boolean isEnough(WhisperFile file, int wanted) {
    double factor = file.layout.xFilesFactor();
    return rollup.known() > 0 && (double) rollup.known() / wanted >= factor;
  }

  /** Has the rollup have all values of a coarse interval, and the file know them. */
  private void read(WhisperFile file, int higher, long coarse, int seconds)
      throws DiskException, CorruptFileException {
    int step = file.archive(higher).step();
    reader.begin(file, higher, file.base(higher, small), coarse, seconds / step);
    rollup.begin(file.layout.method());
    long last = 0;
    double value = 0;
    for (long time = coarse; time < coarse + seconds; time += step) {
      reader.next();
      if (reader.time() == time) {
        if (last != 0) {
          rollup.add(value);
        }
        last = time;
        value = reader.value();
      }
    }
    if (last != 0) {
      file.tails.keep(higher, coarse, last, rollup, value);
      rollup.add(value);
    }
  }

  /**
   * Makes the points of the next coarser archive that follow from the given ones.
   *
   * @return whether there was any
   */
  private boolean propagate(WhisperFile file, int higher, Points points, int from, int to)
      throws DiskException, CorruptFileException {
    Archive lower = file.archive(higher + 1);
    boolean any = false;
    run.begin(file, higher + 1);
    int at = from;
    while (at < to) {
      long first = lower.startOf(points.times[at]);
      long end = first + lower.step();
      at++;
      // Intervals that follow each other are read together.
      while (at < to && points.times[at] < end + lower.step()) {
        end = lower.startOf(points.times[at]) + lower.step();
        at++;
      }
      any |= propagate(file, higher, first, end);
    }
    run.end();
    return any;
  }

  private boolean propagate(WhisperFile file, int higher, long first, long end)
      throws DiskException, CorruptFileException {
    long base = file.base(higher, small);
    if (base == 0) {
      return false;
    }
    int step = file.archive(higher).step();
    int lowerStep = file.archive(higher + 1).step();
    int ratio = lowerStep / step;
    boolean any = false;
    reader.begin(file, higher, base, first, (end - first) / step);
    for (long interval = first; interval < end; interval += lowerStep) {
      rollup.begin(file.layout.method());
      for (long time = interval; time < interval + lowerStep; time += step) {
        reader.next();
        if (reader.time() == time) {
          rollup.add(reader.value());
        }
      }
      if (isEnough(file, ratio)) {
        run.add(interval, rollup.value(ratio));
        any = true;
      }
    }
    return any;
  }
}
