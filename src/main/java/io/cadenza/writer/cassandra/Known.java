package io.cadenza.writer.cassandra;

import java.util.Arrays;

/**
 * What is stored of the newest intervals of a series, as far as it is known: of some intervals what
 * they have, and of a span of time that it has none but these. So a part is merged without reading
 * what was written moments ago. For one thread.
 */
final class Known {
  /** When it was used last, in seconds since 1970. */
  long used;

  /** Whether a write has failed that may have changed what is stored. */
  boolean unsure;

  private long[] times = {};

  /** Null for an interval that has nothing. */
  private Interval[] intervals = {};

  private int count;

  /** The span of which all intervals are known that have something. */
  private long from = Long.MIN_VALUE;

  private long to = Long.MIN_VALUE;

  /** Whether it is known what is stored of an interval. */
  boolean knows(long time) {
    return time >= from && time < to || place(time) >= 0;
  }

  /** What is stored of an interval that is known; null when there is nothing. */
  Interval at(long time) {
    int at = place(time);
    return at < 0 ? null : intervals[at];
  }

  /** An interval has this, or nothing when it is null. */
  void learn(long time, Interval interval) {
    int at = place(time);
    if (at < 0) {
      at = -at - 1;
      insert(at, time);
    }
    intervals[at] = interval;
  }

  /**
   * From one time to before another there is nothing but what has been learnt. Of spans that do not
   * touch, the later one is kept.
   */
  void learnSpan(long begin, long end) {
    boolean touches = begin <= to && end >= from;
    if (touches) {
      from = Math.min(from, begin);
      to = Math.max(to, end);
    } else if (begin > to) {
      from = begin;
      to = end;
    }
  }

  /** Forgets all intervals but the newest. */
  void keepNewest(int most) {
    int less = count - most;
    if (less <= 0) {
      return;
    }
    // What is forgotten is not known any more, so the span begins behind it.
    from = Math.max(from, times[less - 1] + 1);
    to = Math.max(from, to);
    times = Arrays.copyOfRange(times, less, count);
    intervals = Arrays.copyOfRange(intervals, less, count);
    count = most;
  }

  /** How many intervals are remembered. */
  int size() {
    return count;
  }

  private int place(long time) {
    return Arrays.binarySearch(times, 0, count, time);
  }

  private void insert(int at, long time) {
    if (count == times.length) {
      int size = count == 0 ? 2 : count + (count >> 1) + 1;
      times = Arrays.copyOf(times, size);
      intervals = Arrays.copyOf(intervals, size);
    }
    System.arraycopy(times, at, times, at + 1, count - at);
    System.arraycopy(intervals, at, intervals, at + 1, count - at);
    times[at] = time;
    count++;
  }
}
