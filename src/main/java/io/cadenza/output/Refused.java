package io.cadenza.output;

/**
 * Lines of a write that did not go, and never will: sent again they would be refused again.
 *
 * @param reason as in metrics
 */
record Refused(String reason, int lines) {
  static final Refused NONE = new Refused("none", 0);

  /** The protocol has no way to tell these lines. */
  static Refused notGraphite(int lines) {
    return lines == 0 ? NONE : new Refused("not-graphite", lines);
  }

  /** The lines, or the address, do not allow a datagram of that size. */
  static Refused tooLong(int lines) {
    return lines == 0 ? NONE : new Refused("too-long-for-datagram", lines);
  }
}
