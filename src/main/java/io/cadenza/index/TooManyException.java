package io.cadenza.index;

/**
 * A question whose answer, or the way to it, is larger than allowed. Its message says which bound
 * was passed and is fit to be shown to who asked. Without a stack trace: it is ordinary, and cheap
 * to provoke.
 */
public final class TooManyException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST_SHOWN = 200;

  TooManyException(String message) {
    super(message, null, false, false);
  }

  /** More was found than the caller takes. */
  static TooManyException found(int limit, String what, String query) {
    return new TooManyException("more than " + limit + " " + what + " match " + shown(query));
  }

  /** A query as a message may repeat it: not all of one that is long. */
  static String shown(String query) {
    return query.length() <= LONGEST_SHOWN ? query : query.substring(0, LONGEST_SHOWN) + "...";
  }
}
