package io.cadenza.writer.cassandra;

import io.cadenza.store.MetricWriter;

/**
 * What is not written of a series; told when the rest is, since a batch that fails comes again.
 *
 * @param points of those that the series has; -1 for all
 */
record Refusal(int series, int points, String reason) {
  static final String BAD_NAME = "bad-name";
  static final String NO_SUCH_STEP = "no-such-step";
  static final String TOO_OLD = "too-old";
  static final String TOO_NEW = "in-future";

  static Refusal all(int series, String reason) {
    return new Refusal(series, -1, reason);
  }

  void tell(MetricWriter.Verdicts verdicts) {
    if (points < 0) {
      verdicts.refused(series, reason);
    } else if (points > 0) {
      verdicts.refused(series, points, reason);
    }
  }
}
