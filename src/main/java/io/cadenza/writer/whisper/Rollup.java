package io.cadenza.writer.whisper;

import io.cadenza.store.Aggregate;

/**
 * Makes one value of some in the order of their time, as Python's whisper does: sums from left to
 * right; of values that are equally large or far from 0, the earliest.
 */
final class Rollup {
  private Aggregate method;
  private int known;
  private double value;

  void begin(Aggregate how) {
    method = how;
    known = 0;
    value = 0;
  }

  /** Goes on where another was: with as many values, and its {@link #state}. */
  void resume(Aggregate how, int values, double state) {
    method = how;
    known = values;
    value = state;
  }

  /** What the values come to so far: no value yet. */
  double state() {
    return value;
  }

  /** How many values there are. */
  int known() {
    return known;
  }

  void add(double next) {
    boolean first = known++ == 0;
    switch (method) {
      case AVERAGE, SUM -> value += next;
      case AVG_ZERO -> value += next == 0 ? 0 : next;
      case LAST -> value = next;
      case MAX -> value = first || next > value ? next : value;
      case MIN -> value = first || next < value ? next : value;
      case ABSMAX -> value = first || Math.abs(next) > Math.abs(value) ? next : value;
      case ABSMIN -> value = first || Math.abs(next) < Math.abs(value) ? next : value;
    }
  }

  /**
   * The value of those that were added.
   *
   * @param wanted how many there would be without gaps
   */
  double value(int wanted) {
    return switch (method) {
      case AVERAGE -> value / known;
      case AVG_ZERO -> value / wanted;
      case SUM, LAST, MAX, MIN, ABSMAX, ABSMIN -> value;
    };
  }
}
