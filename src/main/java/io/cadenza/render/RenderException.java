package io.cadenza.render;

/**
 * Why a request has no answer, told to who asked: a mistake in the target, a bound that was passed,
 * a store that can't be asked.
 */
public final class RenderException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Whose fault it is, which decides the status of the answer. */
  public enum Kind {
    /** The request is wrong: 400. */
    REQUEST,
    /** The request wants more than it may have: 422, or 413. */
    LIMIT,
    /** Took too long, and was cut: 503. */
    TIME,
    /** The store can't be asked now: 503. */
    STORE
  }

  private final Kind kind;

  /**
   * @param text what is wrong, and what would be right; for a mistake in a target with the position
   */
  public RenderException(Kind kind, String text) {
    super(text);
    this.kind = kind;
  }

  public RenderException(Kind kind, String text, Throwable cause) {
    super(text, cause);
    this.kind = kind;
  }

  /**
   * A mistake in the request, in graphite's words: {@code Invalid parameters (WHAT)}, as its
   * answers have it.
   *
   * @param what is wrong
   */
  public static RenderException invalid(String what) {
    return new RenderException(Kind.REQUEST, "Invalid parameters (" + what + ")");
  }

  public Kind kind() {
    return kind;
  }
}
