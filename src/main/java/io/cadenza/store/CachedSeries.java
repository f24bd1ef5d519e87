package io.cadenza.store;

/** What the cache knows of one series. Guarded by the lock of its shard. */
final class CachedSeries {
  final byte[] key;
  final int hash;
  final int step;
  final long ttl;

  /** What came and is in no batch; null when there is nothing. */
  CachedPoints waiting;

  /** What is in a batch that is being written; null when there is nothing. */
  CachedPoints inFlight;

  /** Whether its shard has it listed among those that are in no round of writes yet. */
  boolean listed;

  /** The writer's own. */
  Object note;

  /** Which value of an interval it has, where that was asked for. */
  Aggregate aggregate;

  /** Another one with the same place in the table. */
  CachedSeries next;

  CachedSeries(byte[] key, int hash, int step, long ttl) {
    this.key = key;
    this.hash = hash;
    this.step = step;
    this.ttl = ttl;
  }

  boolean isIdle() {
    return waiting == null && inFlight == null;
  }

  /** All its points together; for who reads them without the lock. */
  CachedPoints all() {
    if (inFlight == null) {
      return waiting == null ? null : waiting.copy();
    }
    CachedPoints all = inFlight.copy();
    if (waiting != null) {
      all.addAll(waiting);
    }
    return all;
  }

  /** What could not be written waits again. */
  int giveBack() {
    int less = 0;
    if (inFlight != null && waiting != null) {
      int before = inFlight.count() + waiting.count();
      inFlight.addAll(waiting);
      less = before - inFlight.count();
    }
    waiting = inFlight == null ? waiting : inFlight;
    inFlight = null;
    return less;
  }
}
