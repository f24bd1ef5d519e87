package io.cadenza.line;

import java.util.Arrays;
import java.util.Objects;

/**
 * Some lines of a frozen batch, on their way to one of several who share it: where they lie is
 * copied, the lines themselves are not. Collected by one thread, reused from batch to batch.
 */
public final class LineSelection {
  private static final int[] NONE = {};
  private static final int FIRST_LINES = 64;

  private final Shelf shelf;
  private int[] marks = NONE;
  private int[] hashes = NONE;
  private int room;
  private int count;
  private int size;

  /**
   * @param shelf where what says where they lie is found, and comes back to
   */
  public LineSelection(Shelf shelf) {
    this.shelf = shelf;
  }

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
    if (count == room) {
      grow();
    }
    batch.marks(line, marks, count);
    hashes[count++] = hash;
    size += batch.end(line) - batch.start(line) + 1;
  }

  private void grow() {
    if (room == 0) {
      marks = Objects.requireNonNullElse(shelf.takeMarks(), NONE);
      hashes = Objects.requireNonNullElse(shelf.takeHashes(), NONE);
    }
    int lines = Math.max(FIRST_LINES, room * 2);
    marks = atLeast(lines * LineBatch.MARKS, marks);
    hashes = atLeast(lines, hashes);
    room = Math.min(marks.length / LineBatch.MARKS, hashes.length);
  }

  private static int[] atLeast(int length, int[] numbers) {
    return numbers.length < length ? Arrays.copyOf(numbers, length) : numbers;
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
    LineBatch taken = from.shared(marks, hashes, count, size, shelf);
    marks = NONE;
    hashes = NONE;
    room = 0;
    clear();
    return taken;
  }

  private void clear() {
    count = 0;
    size = 0;
  }
}
