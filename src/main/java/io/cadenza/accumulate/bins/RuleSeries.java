package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.KeyTable;

/** One key that a rule makes, with its intervals. Its own key has the rule's two bytes in front. */
final class RuleSeries extends KeyTable.Entry {
  static final byte KIND = 0;

  final Rule rule;
  final BinList<RuleBin> bins = new BinList<>();

  /** The bin that got the last value, while it is open; null if it is not. */
  RuleBin recent;

  /** The flush in which it had its turn. */
  int looked;

  RuleSeries(byte[] key, int hash, Rule rule) {
    super(key, key.length, KIND, hash);
    this.rule = rule;
  }

  /** Whether everything that came was emitted. */
  boolean isIdle() {
    for (int i = 0; i < bins.count(); i++) {
      if (bins.at(i).changed) {
        return false;
      }
    }
    return true;
  }

  /** What one of its bins takes of the room: each counts as a key. */
  int binSize() {
    return keyLength() + rule.binBytes();
  }
}
