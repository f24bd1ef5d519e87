package io.cadenza.accumulate.statsd;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound on what timers keep of their samples: values a timer, and bytes of all timers of an
 * accumulator. Thread-safe; asked when an array grows.
 */
final class SampleRoom {
  /** Up to here a timer keeps its values whatever the others do. */
  static final int ALWAYS = 256;

  private final int mostSamples;
  private final long mostBytes;
  private final AtomicLong bytes = new AtomicLong();

  SampleRoom(int mostSamples, long mostBytes) {
    this.mostSamples = mostSamples;
    this.mostBytes = mostBytes;
  }

  /** How many values one timer may keep. */
  int mostSamples() {
    return mostSamples;
  }

  long bytes() {
    return bytes.get();
  }

  /** An array grows from so many values to so many; false, and nothing taken, when it may not. */
  boolean grow(int from, int to) {
    long more = 8L * (to - from);
    if (bytes.addAndGet(more) > mostBytes && to > ALWAYS) {
      bytes.addAndGet(-more);
      return false;
    }
    return true;
  }

  /** An array of so many values is no more. */
  void giveBack(int samples) {
    bytes.addAndGet(-8L * samples);
  }
}
