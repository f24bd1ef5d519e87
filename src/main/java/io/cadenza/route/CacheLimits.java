package io.cadenza.route;

import io.cadenza.config.Settings;

/**
 * What each event loop may remember about keys, from the block {@code limits}. What does not fit is
 * worked out anew: these bound memory and speed, never what becomes of a line.
 *
 * @param ringKeys keys that each ring remembers
 * @param rewriteBytes for the keys that all rewrites of a pipeline remember
 * @param aggregateBytes for the keys of which is remembered what aggregation rules make of them: of
 *     a pipeline that has some, and of a cluster that goes by some
 * @param matcherStates states of each automaton
 * @param matcherBytes for the states of the matchers of a pipeline, or of a cluster
 */
public record CacheLimits(
    int ringKeys, int rewriteBytes, int aggregateBytes, int matcherStates, long matcherBytes) {
  private static final int MIB = 1 << 20;

  /** Reads the keys of the block {@code limits} that are about keys. */
  public static CacheLimits read(Settings limits) {
    return new CacheLimits(
        limits.count("ring-cache-keys", 1024, 1 << 26),
        (int) limits.bytes("rewrite-cache", 256 * 1024, 1024L * MIB),
        (int) limits.bytes("aggregate-cache", 64 * 1024, 1024L * MIB),
        limits.count("matcher-states", 16, 1 << 20),
        limits.bytes("matcher-memory", 256 * 1024, 1024L * MIB));
  }
}
