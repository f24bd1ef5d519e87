package io.cadenza.line;

/**
 * Lines one behind another, each with its newline, ready to be written as they are.
 *
 * <p>A view of a frozen array: many runs may share one. What goes from a router to a destination.
 *
 * @param bytes frozen; nobody writes to it
 * @param from the first byte of the first line
 * @param to behind the newline of the last line
 * @param lines how many
 * @param lease told when it is read no more; null where nobody wants to know
 */
public record LineRun(byte[] bytes, int from, int to, int lines, Shelf.Lease lease) {
  /** Lines of an array that is never used again. */
  public LineRun(byte[] bytes, int from, int to, int lines) {
    this(bytes, from, to, lines, null);
  }

  /** Its length in bytes, newlines included. */
  public int size() {
    return to - from;
  }

  /**
   * Who was given it reads it no more: once. Nobody need say so, but then its array is not used
   * again.
   */
  public void done() {
    if (lease != null) {
      lease.done();
    }
  }
}
