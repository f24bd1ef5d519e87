package io.cadenza.accumulate.bins;

import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Reasons;
import io.cadenza.meter.Tally;

/** Counts the lines of a shard: what was taken a batch at a time, what was not by reason. */
final class Losses {
  private static final LineFormat FORMAT = new GraphiteFormat();

  final Tally tooManyKeys;
  final Tally tooLate;
  final Tally tooEarly;
  private final Reasons invalid;

  Losses(AccumulatorMeters meters) {
    tooManyKeys = meters.dropped("too-many-keys");
    tooLate = meters.dropped("too-late");
    tooEarly = meters.dropped("too-early");
    invalid = meters.invalid();
  }

  void invalid(Invalid why) {
    invalid.add(why, 1);
  }

  /** Counts a line of which neither value nor time could be read. */
  void invalid(byte[] b, int keyStart, int keyEnd, int end) {
    Invalid why = FORMAT.check(Validation.MEDIUM, b, keyStart, keyEnd, end);
    invalid.add(why == null ? Invalid.FIELDS : why, 1);
  }
}
