package io.cadenza.app;

import java.net.BindException;

/** A stage could not be started: what, and why, in words for an operator. */
final class StartException extends Exception {
  private static final long serialVersionUID = 1;

  StartException(String what, Throwable cause) {
    super(what + " could not be started: " + why(cause), cause);
  }

  StartException(String what, String why) {
    super(what + " could not be started: " + why);
  }

  private static String why(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    boolean taken = cause instanceof BindException || text.contains("Address already in use");
    return taken && !text.contains("Cannot assign")
        ? "the address is taken by another process; stop that, or choose another port, or take its"
            + " place with --replace"
        : cause.toString();
  }
}
