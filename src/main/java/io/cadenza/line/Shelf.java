package io.cadenza.line;

import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Arrays of batches that nobody reads any more, for the next batches: memory that was written a
 * moment ago is near, while a new array is cleared first and comes from far. Holds a few, for as
 * long as it lives. Thread-safe.
 *
 * <p>An array comes back only when all who had the batch, or a run of it, said so ({@link
 * LineBatch#done}, {@link LineRun#done}). Who forgets to, or says that it keeps it ({@link
 * LineBatch#keep}), leaves it to the collector.
 */
public final class Shelf {
  /** Whether what comes back is overwritten, so that a test sees who reads it all the same. */
  public static final boolean SPOILS = Boolean.getBoolean("cadenza.spoils-arrays");

  /** What it is overwritten with. */
  public static final byte SPOILT = '!';

  private final int most;
  private final Free<byte[]> bytes = new Free<>();
  private final Free<int[]> marks = new Free<>();

  /**
   * @param most how many batches' arrays it holds at most
   */
  public Shelf(int most) {
    this.most = most;
  }

  /** How many batches' bytes it holds. */
  public int count() {
    return bytes.count.get();
  }

  /** The array of lines that came back last, or null. */
  byte[] takeBytes() {
    return bytes.take();
  }

  /** The array of marks that came back last, or null. */
  int[] takeMarks() {
    return marks.take();
  }

  private void give(byte[] back) {
    if (SPOILS) {
      Arrays.fill(back, SPOILT);
    }
    bytes.give(back, most);
  }

  private void give(int[] back) {
    if (SPOILS) {
      Arrays.fill(back, Integer.MAX_VALUE);
    }
    marks.give(back, most);
  }

  /** Arrays of one kind. */
  private static final class Free<A> {
    private final Deque<A> arrays = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();

    private A take() {
      A last = arrays.pollFirst();
      if (last != null) {
        count.decrementAndGet();
      }
      return last;
    }

    private void give(A back, int most) {
      if (count.incrementAndGet() > most) {
        count.decrementAndGet();
      } else {
        arrays.addFirst(back);
      }
    }
  }

  /**
   * The arrays of one batch, and how many still read its bytes. The marks are read by who has the
   * batch as it was built, and come back before: so what waits to be written does not keep them.
   */
  static final class Lease {
    private final byte[] bytes;
    private int[] marks;
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

    /** Who had it as it was built has it no more. */
    void marksDone() {
      if (!kept) {
        shelf.give(marks);
      }
      marks = null;
    }

    /** One who had it has it no more. */
    void done() {
      if (readers.decrementAndGet() == 0 && !kept) {
        shelf.give(bytes);
      }
    }
  }
}
