package io.cadenza.match;

/**
 * A pattern or template that cannot be used: thrown while a configuration or a runtime edit is
 * read, never while matching. The message names the pattern, the problem and where it is.
 */
public final class PatternException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 200;

  private final String pattern;
  private final int position;

  PatternException(String pattern, int position, String problem) {
    super("\"" + shown(pattern) + "\": " + problem + where(position));
    this.pattern = pattern;
    this.position = position;
  }

  /** The pattern or template that cannot be used. */
  public String pattern() {
    return pattern;
  }

  /** The index of the first character that is wrong, or -1 when the whole pattern is. */
  public int position() {
    return position;
  }

  private static String shown(String pattern) {
    return pattern.length() <= SHOWN ? pattern : pattern.substring(0, SHOWN) + "...";
  }

  private static String where(int position) {
    return position < 0 ? "" : " at position " + position;
  }
}
