package io.cadenza.route;

/**
 * What becomes of all lines of a key in a pipeline that aggregates: one of few, for many keys.
 *
 * @param decision what is done with the line itself
 * @param heads what goes to the aggregation, one for each rule that matches
 */
record Fate(Decision decision, Head[] heads) {
  static final Head[] NO_HEADS = {};
}
