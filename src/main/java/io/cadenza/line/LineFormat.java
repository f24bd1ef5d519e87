package io.cadenza.line;

/**
 * How one kind of line is read. Stateless: one instance serves every thread.
 *
 * <p>Lines are handed over without their newline and carriage return, and without leading blanks
 * unless these {@link #keepsBlanks} belong to the key.
 */
public interface LineFormat {
  /** The word by which configuration names it. */
  String name();

  /**
   * Where the key is: its start in the upper 32 bits, its end in the lower, both indices into
   * {@code bytes}; or an {@link Invalid#code()} when these bytes are no line of this format. Never
   * throws. See {@link #span}.
   */
  long key(byte[] bytes, int start, int end);

  /** Set in an answer of {@link #scan}: {@link #check} would find the line right for medium. */
  long SOUND = 1L << 31;

  /**
   * As {@link #key}, for the listener that sees the line first: where it costs little while the
   * bytes are at hand, it says too that the line is right, with {@link #SOUND}.
   */
  default long scan(byte[] bytes, int start, int end) {
    return key(bytes, start, end);
  }

  /**
   * Looks at a line whose key was found.
   *
   * @param level medium or strict; for {@link Validation#NONE} and {@link Validation#CLEAN} nobody
   *     asks
   * @return null when the line is right. Never throws.
   */
  Invalid check(Validation level, byte[] bytes, int keyStart, int keyEnd, int end);

  /**
   * Whether somebody behind wants to know of lines that are none, and in how many pieces they come.
   */
  default boolean counted() {
    return false;
  }

  /** Whether blanks that a line begins with are part of its key. */
  default boolean keepsBlanks() {
    return false;
  }

  /** Whether carbon-c-relay's cleansing means anything for lines of this format. */
  default boolean cleanable() {
    return false;
  }

  /** The answer of {@link #key} for a key that was found. */
  static long span(int keyStart, int keyEnd) {
    return ((long) keyStart << 32) | keyEnd;
  }
}
