package io.cadenza.accumulate.bins;

import java.util.List;

/** An aggregation rule as the shards have it: its figures at hand, times in milliseconds. */
final class Rule {
  /** Lines that are more than this ahead of their interval are not believed. */
  private static final long AHEAD = 600_000;

  /** Its place in the list. */
  final int place;

  final List<Function> functions;
  final List<byte[]> names;
  final PercentileMethod method;
  final long every;
  final boolean needsValues;
  final String signature;
  private final RuleConfig.Timestamp timestamp;
  private final boolean drop;
  private final long wait;
  private final long kept;

  Rule(RuleConfig config, int place) {
    this.place = place;
    functions = config.functions();
    names = functions.stream().map(Function::keyPart).toList();
    method = config.percentileMethod();
    every = config.every().toMillis();
    needsValues = config.needsValues();
    signature = config.signature();
    timestamp = config.timestamp();
    drop = config.late() == RuleConfig.Late.DROP;
    wait = config.waiting().toMillis();
    kept = drop ? 0 : config.keep() * every;
  }

  long startOf(long millis) {
    return millis - Math.floorMod(millis, every);
  }

  /** When an interval is computed. */
  long dueAt(long start) {
    return start + every + wait;
  }

  /** When an interval that was computed is forgotten. */
  long goneAt(long start) {
    return dueAt(start) + kept;
  }

  boolean isAhead(long start, long now) {
    return start > now + AHEAD;
  }

  long stamp(long start) {
    return timestamp.seconds(start, every);
  }

  /** What a bin takes of the room besides its key. */
  int binBytes() {
    return needsValues ? Values.FEW_BYTES : 0;
  }
}
