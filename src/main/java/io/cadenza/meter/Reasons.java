package io.cadenza.meter;

import io.cadenza.line.Invalid;

/** Counts by reason, each made when it is first needed. One thread's, added to shared tallies. */
public final class Reasons {
  private static final int COUNT = Invalid.values().length;

  private final Meters.Scope scope;
  private final Tally[] tallies = new Tally[COUNT];

  Reasons(Meters.Scope scope) {
    this.scope = scope;
  }

  /** Adds to the count of a reason. */
  public void add(Invalid why, long n) {
    Tally tally = tallies[why.ordinal()];
    if (tally == null) {
      tally = scope.counter("invalid", "reason", why.label(), "Lines that were refused, by reason");
      tallies[why.ordinal()] = tally;
    }
    tally.add(n);
  }
}
