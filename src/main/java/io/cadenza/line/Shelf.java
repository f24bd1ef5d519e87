package io.cadenza.line;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Arrays of batches that nobody reads any more, for the next batches: memory that was written a
 * moment ago is near, while a new array is cleared first and comes from far. Holds a few, for as
 * long as it lives. Thread-safe.
 *
 * <p>An array comes back only when all who had the batch said so ({@link LineBatch#done}). Who
 * forgets to, or says that it keeps it ({@link LineBatch#keep}), leaves it to the collector.
 */
public final class Shelf {
  /** Whether what comes back is overwritten, so that a test sees who reads it all the same. */
  private static final boolean SPOILS = Boolean.getBoolean("cadenza.spoils-arrays");

  private static final byte SPOILT = '!';

  private final int most;
  private final ConcurrentLinkedDeque<Lease> free = new ConcurrentLinkedDeque<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * @param most how many batches' arrays it holds at most
   */
  public Shelf(int most) {
    this.most = most;
  }

  /** How many it holds. */
  public int count() {
    return count.get();
  }

  /** The arrays that came back last, or null. */
  Lease take() {
    Lease last = free.pollFirst();
    if (last != null) {
      count.decrementAndGet();
    }
    return last;
  }

  private void give(Lease back) {
    if (SPOILS) {
      Arrays.fill(back.bytes, SPOILT);
      Arrays.fill(back.marks, Integer.MAX_VALUE);
    }
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
    } else {
      free.addFirst(back);
    }
  }

  /** The arrays of one batch, and how many still read them. */
  static final class Lease {
    final byte[] bytes;
    final int[] marks;
    private final Shelf shelf;
    private final AtomicInteger readers = new AtomicInteger(1);
    private volatile boolean kept;

    Lease(Shelf shelf, byte[] bytes, int[] marks) {
      this.shelf = shelf;
      this.bytes = bytes;
      this.marks = marks;
    }

    /** Somebody who has it gives it to another one too. */
    void share() {
      readers.incrementAndGet();
    }

    /** Somebody keeps it, who knows how long. */
    void keep() {
      kept = true;
    }

    /** One who had it has it no more. */
    void done() {
      if (readers.decrementAndGet() == 0 && !kept) {
        shelf.give(this);
      }
    }
  }
}
