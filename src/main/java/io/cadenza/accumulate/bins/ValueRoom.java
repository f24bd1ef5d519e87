package io.cadenza.accumulate.bins;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound on the bytes of values that all shards of an accumulator keep for percentiles, beyond
 * those that every bin may keep. Thread-safe; asked when a bin grows.
 */
public final class ValueRoom {
  /** Enough for a thousand bins with as many values as are ever kept. */
  public static final long USUAL = 128L << 20;

  private final long most;
  private final AtomicLong bytes = new AtomicLong();

  public ValueRoom(long most) {
    this.most = most;
  }

  /** Takes room; false, and nothing taken, when there is none. */
  boolean take(long size) {
    if (bytes.addAndGet(size) > most) {
      bytes.addAndGet(-size);
      return false;
    }
    return true;
  }

  void giveBack(long size) {
    bytes.addAndGet(-size);
  }

  /** How many are taken. */
  public long bytes() {
    return bytes.get();
  }
}
