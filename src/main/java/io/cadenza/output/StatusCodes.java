package io.cadenza.output;

import java.util.BitSet;

/** Codes of HTTP answers that are right, written as {@code 200-299, 401}. Immutable. */
public final class StatusCodes {
  private final BitSet codes = new BitSet();

  private StatusCodes() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with what would be right
   */
  static StatusCodes parse(String text) {
    StatusCodes all = new StatusCodes();
    for (String part : text.split(",", -1)) {
      int dash = part.indexOf('-');
      int from = code(dash < 0 ? part : part.substring(0, dash));
      int to = dash < 0 ? from : code(part.substring(dash + 1));
      if (to < from) {
        throw wrong();
      }
      all.codes.set(from, to + 1);
    }
    return all;
  }

  private static int code(String text) {
    try {
      int code = Integer.parseInt(text.strip());
      if (code >= 100 && code <= 599) {
        return code;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw wrong();
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "is not a list of codes of HTTP and ranges of them, such as \"200-299, 401\"");
  }

  boolean has(int code) {
    return codes.get(code);
  }
}
