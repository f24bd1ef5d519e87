package io.cadenza.route;

import java.util.Arrays;

/**
 * What a pipeline does with all keys of one outcome: made once, then looked up.
 *
 * <p>Belongs to one pipeline of one router.
 */
final class Decision {
  /** What kind of thing happens next. */
  enum Kind {
    /** Kept out by a list. */
    BLOCKED,
    /** A rewrite may change the key. */
    REWRITE,
    /** Sent to the targets, which may be none. */
    ROUTED
  }

  private static final int[] NONE = {};
  static final Cluster[] NO_CLUSTERS = {};
  static final Pipeline[] NO_PIPELINES = {};

  final Kind kind;

  /** Of a rewrite: which. Of a block: which, or -1 when no allowed matcher holds. */
  final int index;

  /** Clusters and pipelines in the order of the routes; the other of the two is null at a place. */
  final Cluster[] clusters;

  final Pipeline[] pipelines;

  /** The routes that match, by index. */
  final int[] routes;

  /** What is counted for each line. */
  final Count[] counts;

  /** The aggregation rules that match, by index. */
  final int[] rules;

  /** The accumulator that takes the line, or null. */
  final Feed feed;

  /** What becomes of a line that no rule makes anything of. */
  final Fate alone = new Fate(this, Fate.NO_HEADS);

  /** What is done instead with a line that has the key already which a rule makes; made late. */
  Decision same;

  /** Whether keys of one outcome share this one, so that it may be remembered. */
  boolean kept = true;

  /**
   * Whether many lines may be dealt with at once: nothing of it depends on other pipelines, and no
   * cluster gets them twice, which would send the first of them again behind the last.
   */
  final boolean plain;

  Decision(
      Kind kind,
      int index,
      Cluster[] clusters,
      Pipeline[] pipelines,
      int[] routes,
      Count[] counts,
      int[] rules,
      Feed feed) {
    this.kind = kind;
    this.index = index;
    this.clusters = clusters;
    this.pipelines = pipelines;
    this.routes = routes;
    this.counts = counts;
    this.rules = rules;
    this.feed = feed;
    this.plain = kind != Kind.REWRITE && allNull(pipelines) && !twice(clusters);
  }

  static Decision blocked(int index, Count count) {
    return new Decision(
        Kind.BLOCKED, index, NO_CLUSTERS, NO_PIPELINES, NONE, new Count[] {count}, NONE, null);
  }

  static Decision rewrite(int index) {
    return new Decision(
        Kind.REWRITE, index, NO_CLUSTERS, NO_PIPELINES, NONE, new Count[0], NONE, null);
  }

  private static boolean twice(Cluster[] clusters) {
    return Arrays.stream(clusters).distinct().count() < clusters.length;
  }

  private static boolean allNull(Pipeline[] pipelines) {
    for (Pipeline pipeline : pipelines) {
      if (pipeline != null) {
        return false;
      }
    }
    return true;
  }
}
