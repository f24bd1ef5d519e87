package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.KeyTable;
import java.util.function.Predicate;

/**
 * Goes round a table looking for an entry that can be forgotten to make room for another; a few at
 * a time, as it is asked for every line with a new key while there is none.
 */
final class Hand<E extends KeyTable.Entry> {
  private static final int LOOKS = 32;

  private final KeyTable<E> table;
  private final Predicate<E> idle;
  private int place;

  Hand(KeyTable<E> table, Predicate<E> idle) {
    this.table = table;
    this.idle = idle;
  }

  /** An entry that can go, or null when none of those looked at can. */
  E find() {
    for (int i = Math.min(LOOKS, table.count()); i > 0; i--) {
      place = place <= 0 || place > table.count() ? table.count() - 1 : place - 1;
      E entry = table.at(place);
      if (idle.test(entry)) {
        return entry;
      }
    }
    return null;
  }
}
