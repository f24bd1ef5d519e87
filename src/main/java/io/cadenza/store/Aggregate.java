package io.cadenza.store;

import java.util.Locale;

/** Which figure of an interval is its value, and by which finer ones become a coarser one. */
public enum Aggregate {
  AVERAGE,
  SUM,
  LAST,
  MAX,
  MIN,
  /** As average, with 0 for intervals without a value. */
  AVG_ZERO,
  /** That farthest from 0. */
  ABSMAX,
  /** That nearest to 0. */
  ABSMIN;

  /** As whisper and storage-aggregation.conf call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value of an interval of which these figures are known. */
  public double of(double min, double max, double sum, long count, double last) {
    return switch (this) {
      case AVERAGE, AVG_ZERO -> sum / count;
      case SUM -> sum;
      case LAST -> last;
      case MAX -> max;
      case MIN -> min;
      case ABSMAX -> Math.abs(min) > Math.abs(max) ? min : max;
      case ABSMIN -> Math.abs(min) < Math.abs(max) ? min : max;
    };
  }
}
