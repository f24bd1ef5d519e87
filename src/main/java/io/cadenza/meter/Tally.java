package io.cadenza.meter;

import java.util.concurrent.atomic.LongAdder;

/** A count that only grows. Any thread may add; hot code adds once a batch. */
public final class Tally {
  private final LongAdder sum = new LongAdder();

  public void add(long n) {
    sum.add(n);
  }

  public void increment() {
    sum.increment();
  }

  /** What has been added so far. */
  public long sum() {
    return sum.sum();
  }
}
