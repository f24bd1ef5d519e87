package io.cadenza.line;

import java.util.Arrays;

/**
 * Some lines of a frozen batch, on their way to one of several who share it: where they lie is
 * copied, the lines themselves are not. Collected by one thread, reused from batch to batch.
 */
public final class LineSelection {
  private static final int[] NONE = {};
  private static final int FIRST_LINES = 64;

  private int[] marks = NONE;
  private int[] hashes = NONE;
  private int count;
  private int size;

  /** How many lines. */
  public int count() {
    return count;
  }

  /** How many bytes they have, newlines included. */
  public int size() {
    return size;
  }

  /**
   * Selects a line; all of one batch until the selection is taken or cleared.
   *
   * @param hash what {@link LineBatch#hash} is to answer for it
   */
  public void add(LineBatch batch, int line, int hash) {
    if (count == hashes.length) {
      grow(Math.max(FIRST_LINES, count * 2));
    }
    batch.marks(line, marks, count);
    hashes[count++] = hash;
    size += batch.end(line) - batch.start(line) + 1;
  }

  private void grow(int lines) {
    marks = Arrays.copyOf(marks, lines * LineBatch.MARKS);
    hashes = Arrays.copyOf(hashes, lines);
  }

  /** Copies the lines to a batch, each with its hash, and forgets them. */
  public void copyTo(LineBatch.Builder to, LineBatch from) {
    for (int i = 0; i < count; i++) {
      to.line(from.bytes(), marks, i, hashes[i]);
    }
    clear();
  }

  /** The lines as a batch that shares the bytes of theirs; they are forgotten here. */
  public LineBatch freeze(LineBatch from) {
    int[] places = Arrays.copyOf(marks, count * LineBatch.MARKS);
    LineBatch taken = from.shared(places, Arrays.copyOf(hashes, count), count, size);
    clear();
    return taken;
  }

  private void clear() {
    count = 0;
    size = 0;
  }
}
