package io.cadenza.spool;

/** How many lines wait in a spool, and who is told of those that are given up. One thread. */
final class Ledger {
  private final SpoolLog log;
  private long waiting;

  Ledger(SpoolLog log) {
    this.log = log;
  }

  /** Lines that are in the spool, handed out or not. */
  long waiting() {
    return Math.max(0, waiting);
  }

  void add(long lines) {
    waiting += lines;
  }

  /** They are with the destination. */
  void done(long lines) {
    waiting -= lines;
  }

  /** They were in the spool and will not be read. */
  void lost(Loss why, long lines) {
    if (lines > 0) {
      waiting -= lines;
      log.lost(why, lines);
    }
  }

  /** They never were in the spool. */
  void refused(Loss why, long lines) {
    log.lost(why, lines);
  }
}
