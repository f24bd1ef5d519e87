package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.KeyTable;

/** What the table of a shard holds: series, and other spellings of their keys. */
abstract sealed class Held extends KeyTable.Entry permits Alias, Series {
  /** The epoch in which a line last had this key. */
  int used;

  Held(byte[] key, SeriesKind kind, int hash) {
    super(key, key.length, kind.code(), hash);
  }

  Held(byte[] key, int split, SeriesKind kind, int hash) {
    super(key, split, kind.code(), hash);
  }

  /** The series that a line of this key belongs to. */
  abstract Series series();
}
