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

  /**
   * An array grows by so many bytes, to so many values; false, and nothing taken, when it may not.
   */
  boolean grow(int samples, long more) {
    if (bytes.addAndGet(more) > mostBytes && samples > ALWAYS) {
      bytes.addAndGet(-more);
      return false;
    }
    return true;
  }

  /** So many bytes are no more. */
  void giveBack(long less) {
    bytes.addAndGet(-less);
  }
}
