package io.cadenza.store;

import java.util.Arrays;

/**
 * The order in which series are written in one round: those with the most points first, or the
 * other way round. For one thread.
 */
final class WriteOrder {
  /** Series with so many points or more are all alike. */
  private static final int ALIKE = 1024;

  private CachedSeries[] found = new CachedSeries[64];
  private int[] sizes = new int[64];
  private int count;
  private CachedSeries[] round = {};
  private int next;
  private int end;

  /** Forgets what was found. */
  void clear() {
    count = 0;
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
    for (int i = 0; i < count; i++) {
      round[starts[rank(sizes[i], fewFirst)]++] = found[i];
      found[i] = null;
    }
    next = 0;
    end = count;
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
