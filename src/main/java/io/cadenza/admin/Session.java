package io.cadenza.admin;

import java.util.List;

/** What one connection has said about itself. Belongs to its event loop. */
final class Session {
  /** Stands for all accumulators. */
  static final String ALL = "*";

  /** Whether it may command: no token is asked for, or it has said it. */
  boolean trusted;

  /** The one accumulator that its commands are about. */
  String used = ALL;

  Session(boolean trusted) {
    this.trusted = trusted;
  }

  /** Those of these accumulators that its commands are about. */
  List<String> chosen(List<String> names) {
    return used.equals(ALL) ? names : names.stream().filter(used::equals).toList();
  }
}
