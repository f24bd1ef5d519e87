package io.cadenza.api;

import io.cadenza.store.Fetched;

/**
 * One series from two stores: the one that knows more counts and, where both have the same
 * intervals, what it lacks is taken from the other. So graphite-web does it.
 */
final class Completion {
  private Completion() {}

  /** Both as one. What they hold may be changed. */
  static Fetched of(Fetched a, Fetched b) {
    Fetched more = known(b) > known(a) ? b : a;
    Fetched less = more == a ? b : a;
    boolean alike =
        more.start() == less.start()
            && more.step() == less.step()
            && more.values().length == less.values().length;
    if (alike) {
      fill(more, less);
    }
    return more;
  }

  private static int known(Fetched fetched) {
    int known = 0;
    for (double value : fetched.values()) {
      known += Double.isNaN(value) ? 0 : 1;
    }
    return known;
  }

  private static void fill(Fetched into, Fetched from) {
    double[] values = into.values();
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        values[i] = from.values()[i];
        fill(into.columns(), from.columns(), i);
      }
    }
  }

  private static void fill(Fetched.Columns into, Fetched.Columns from, int at) {
    if (into != null && from != null) {
      into.min()[at] = from.min()[at];
      into.max()[at] = from.max()[at];
      into.sum()[at] = from.sum()[at];
      into.first()[at] = from.first()[at];
      into.last()[at] = from.last()[at];
      into.count()[at] = from.count()[at];
    }
  }
}
