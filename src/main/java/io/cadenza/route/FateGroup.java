package io.cadenza.route;

import io.cadenza.line.LineBatch;
import io.cadenza.match.FateCache;

/**
 * What becomes of the lines of one batch, found for some of them at once. Belongs to one router.
 */
final class FateGroup {
  private final Fate[] fates = new Fate[FateCache.GROUP];
  private int from;
  private int to;

  /** Another batch, or the same anew. */
  void begin() {
    from = 0;
    to = 0;
  }

  /** What becomes of a line whose key was not rewritten; lines are asked for in order. */
  Fate of(Pipeline pipeline, LineBatch batch, int line) {
    if (line >= to) {
      from = line;
      to = Math.min(batch.count(), line + fates.length);
      pipeline.known(batch, from, to - from, fates);
    }
    Fate known = fates[line - from];
    return known != null
        ? known
        : pipeline.fate(batch.bytes(), batch.keyStart(line), batch.keyEnd(line));
  }
}
