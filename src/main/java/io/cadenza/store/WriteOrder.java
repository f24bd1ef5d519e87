package io.cadenza.store;

import java.util.Arrays;

/**
 * The order in which series are written in one round: those with the most points first, or the
 * other way round; of as many points, about as they came. Senders tell of their series in the same
 * order each time, so that files are written in the order in which they were made: what lies
 * together on the disk and in the system's memory is used together. For one thread.
 */
final class WriteOrder {
  /** Series with so many points or more are all alike. */
  private static final int ALIKE = 1024;

  private CachedSeries[] found = new CachedSeries[64];
  private int[] sizes = new int[64];
  private int count;

  /** Where parts begin; each is in the order in which its series came. */
  private int[] parts = new int[16];

  private int partCount;
  private CachedSeries[] round = {};
  private int next;
  private int end;

  /** Forgets what was found. */
  void clear() {
    count = 0;
    partCount = 0;
  }

  /** What is found from now on came in an order of its own. */
  void part() {
    if (partCount == parts.length) {
      parts = Arrays.copyOf(parts, partCount * 2);
    }
    parts[partCount++] = count;
  }

  void found(CachedSeries series, int points) {
    if (count == found.length) {
      found = Arrays.copyOf(found, count * 2);
      sizes = Arrays.copyOf(sizes, count * 2);
    }
    found[count] = series;
    sizes[count++] = Math.min(points, ALIKE);
  }

  /** Begins a round of all that was found. */
  void begin(boolean fewFirst) {
    int[] starts = new int[ALIKE + 2];
    for (int i = 0; i < count; i++) {
      starts[rank(sizes[i], fewFirst) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    if (round.length < count || round.length > 4 * count + ALIKE) {
      round = new CachedSeries[count];
    }
    next = 0;
    end = count;
    place(starts, fewFirst);
  }

  /** One of each part in turn, as if all had come in one order. */
  private void place(int[] starts, boolean fewFirst) {
    int placed = 0;
    for (int turn = 0; placed < count; turn++) {
      for (int part = 0; part < partCount; part++) {
        int i = parts[part] + turn;
        if (i < (part + 1 < partCount ? parts[part + 1] : count)) {
          round[starts[rank(sizes[i], fewFirst)]++] = found[i];
          found[i] = null;
          placed++;
        }
      }
    }
  }

  private static int rank(int size, boolean fewFirst) {
    return fewFirst ? size : ALIKE - size;
  }

  boolean isOver() {
    return next == end;
  }

  CachedSeries next() {
    CachedSeries series = round[next];
    round[next++] = null;
    return series;
  }
}
