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
 */
public record LineRun(byte[] bytes, int from, int to, int lines) {
  /** Its length in bytes, newlines included. */
  public int size() {
    return to - from;
  }
}
