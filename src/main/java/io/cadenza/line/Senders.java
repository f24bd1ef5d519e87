package io.cadenza.line;

import java.util.Arrays;

/** Who sent which lines: one entry for each change of sender. */
final class Senders {
  private static final int[] NO_LINES = {};
  private static final Object[] NOBODY = {};

  /** Where nobody asks. */
  static final Senders NONE = new Senders();

  private int[] lines = NO_LINES;
  private Object[] who = NOBODY;
  private int count;

  void add(Object sender, int line) {
    if (count > 0 && lines[count - 1] == line) {
      who[count - 1] = sender; // The one before sent no line: it need not be remembered.
      return;
    }
    if (count > 0 && who[count - 1] == sender) {
      return;
    }
    if (count == lines.length) {
      lines = Arrays.copyOf(lines, count * 2 + 1);
      who = Arrays.copyOf(who, count * 2 + 1);
    }
    lines[count] = line;
    who[count++] = sender;
  }

  Object of(int line) {
    int at = Arrays.binarySearch(lines, 0, count, line);
    if (at < 0) {
      at = -at - 2;
    }
    return at < 0 ? "unknown" : who[at];
  }
}
