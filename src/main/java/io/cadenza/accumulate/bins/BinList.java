package io.cadenza.accumulate.bins;

import java.util.Arrays;

/** The bins of one key, by their start; mostly one. */
final class BinList<B extends Bin> {
  /** So many intervals of one key at once: a week of those of ten seconds. */
  static final int MOST = 1 << 16;

  private Bin[] bins = new Bin[1];
  private int count;

  int count() {
    return count;
  }

  /** The bin at a place, from the earliest. */
  @SuppressWarnings("unchecked")
  B at(int place) {
    return (B) bins[place];
  }

  /** The one that starts then, or null. */
  B find(long start) {
    int place = place(start);
    return place >= 0 ? at(place) : null;
  }

  /** Adds one whose start is not there. */
  void add(B bin) {
    int place = -1 - place(bin.start);
    if (count == bins.length) {
      bins = Arrays.copyOf(bins, count * 2);
    }
    System.arraycopy(bins, place, bins, place + 1, count - place);
    bins[place] = bin;
    count++;
  }

  /** Puts one that stays at an earlier place, while those between go: see {@link #truncate}. */
  void keep(int place, B bin) {
    bins[place] = bin;
  }

  /** Forgets those from this place on. */
  void truncate(int place) {
    Arrays.fill(bins, place, count, null);
    count = place;
    if (count <= 1 && bins.length > 16) {
      bins = Arrays.copyOf(bins, 1);
    }
  }

  /** Where it is, or -1 - where it would be. Mostly it is the last, or comes behind that. */
  private int place(long start) {
    if (count == 0 || bins[count - 1].start < start) {
      return -1 - count;
    }
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bins[middle].start < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return bins[low].start == start ? low : -1 - low;
  }
}
