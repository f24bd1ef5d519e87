package io.cadenza.route;

import java.util.Arrays;

/**
 * What becomes of all lines of a key in a pipeline that aggregates: one of few, for many keys. Two
 * are equal when they do the same.
 *
 * @param decision what is done with the line itself
 * @param heads what goes to the aggregation, one for each rule that matches
 */
record Fate(Decision decision, Head[] heads) {
  static final Head[] NO_HEADS = {};

  /** About what an object takes in memory, and what refers to it. */
  private static final int OBJECT_BYTES = 48;

  /** About how many bytes of memory it takes. */
  int bytes() {
    int all = 3 * OBJECT_BYTES;
    for (Head head : heads) {
      all += 2 * OBJECT_BYTES + head.bytes().length;
    }
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fate fate
        && fate.decision == decision
        && Arrays.equals(fate.heads, heads);
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(decision) + Arrays.hashCode(heads);
  }
}
