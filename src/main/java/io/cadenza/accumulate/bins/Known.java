package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.KeyTable;

/** A key as lines have it: of a series, or another spelling of one (its tags in other order). */
abstract sealed class Known extends KeyTable.Entry permits GraphiteSeries, Spelling {
  static final byte KIND = 0;

  /** Whose lines they are. */
  GraphiteSeries series;

  /** The flush after which it was last seen. */
  int used;

  /** The flush in which it had its turn. */
  int looked;

  Known(byte[] key, int hash) {
    super(key, key.length, KIND, hash);
  }
}
