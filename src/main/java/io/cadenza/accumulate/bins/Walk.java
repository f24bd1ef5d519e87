package io.cadenza.accumulate.bins;

/**
 * Where a flush has got to that goes over a table from its last entry to its first, some at a time.
 *
 * <p>When another flush is due before the end is reached, it goes on from where it is and then once
 * more from the last, passing over those that had their turn since: so every entry comes up in any
 * case, however slowly it goes.
 */
final class Walk {
  private int epoch;
  private int place = -1;
  private boolean again;

  /** The number of the flush; entries remember in which one they were looked at. */
  int epoch() {
    return epoch;
  }

  /** Whether there is nothing to walk. */
  boolean over() {
    return place < 0 && !again;
  }

  /**
   * A flush is due.
   *
   * @return whether the one before was over
   */
  boolean begin(int count) {
    boolean fresh = over();
    epoch++;
    if (fresh) {
      place = count - 1;
    } else {
      again = true;
    }
    return fresh;
  }

  /** The next place to look at in a table of so many, or -1 when the walk is over. */
  int next(int count) {
    if (place < 0 && again) {
      again = false;
      place = count - 1;
    }
    place = Math.min(place, count - 1);
    return place;
  }

  /** What is at the place that was told is done with. */
  void done() {
    place--;
  }
}
