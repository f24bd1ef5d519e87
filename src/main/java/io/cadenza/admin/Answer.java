package io.cadenza.admin;

import java.util.Iterator;
import java.util.List;

/**
 * What a command is answered: text in pieces, as there may be much of it.
 *
 * @param last whether the connection is closed behind it
 */
record Answer(Iterator<String> pieces, boolean last) {
  /** What could not be done. */
  static Answer error() {
    return of("ERROR\n");
  }

  static Answer of(String... pieces) {
    return new Answer(List.of(pieces).iterator(), false);
  }

  static Answer lastly(String... pieces) {
    return new Answer(List.of(pieces).iterator(), true);
  }
}
