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

  /** Longer arrays of numbers are not held: only very short lines need them. */
  private static final int LONGEST = 128 * 1024;

  private final int most;
  private final Free<byte[]> bytes = new Free<>();
  private final Free<int[]> marks = new Free<>();
  private final Free<int[]> hashes = new Free<>();

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

  /** The array of hashes that came back last, or null. */
  int[] takeHashes() {
    return hashes.take();
  }

  private void give(byte[] back) {
    if (SPOILS) {
      Arrays.fill(back, SPOILT);
    }
    bytes.give(back, most);
  }

  private void give(Free<int[]> free, int[] back) {
    if (SPOILS) {
      Arrays.fill(back, Integer.MAX_VALUE);
    }
    if (back.length <= LONGEST) {
      free.give(back, most);
    }
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

  /** The bytes of one batch, and how many still read them. */
  static final class Lease {
    private final Shelf shelf;
    private final byte[] bytes;
    private final AtomicInteger readers = new AtomicInteger(1);
    private volatile boolean kept;

    Lease(Shelf shelf, byte[] bytes) {
      this.shelf = shelf;
      this.bytes = bytes;
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
        shelf.give(bytes);
      }
    }
  }

  /**
   * What says where the lines of one batch are. Who has the batch reads it, and nobody beside: so
   * it comes back before the bytes, and what waits to be written does not keep it.
   */
  static final class Places {
    private final Shelf shelf;
    private int[] marks;
    private int[] hashes;
    private boolean kept;

    /**
     * @param hashes may be null
     */
    Places(Shelf shelf, int[] marks, int[] hashes) {
      this.shelf = shelf;
      this.marks = marks;
      this.hashes = hashes;
    }

    /** Somebody keeps it, who knows how long. */
    void keep() {
      kept = true;
    }

    /** Who had it has it no more. */
    void done() {
      if (!kept) {
        shelf.give(shelf.marks, marks);
        if (hashes != null) {
          shelf.give(shelf.hashes, hashes);
        }
      }
      marks = null;
      hashes = null;
    }
  }
}
