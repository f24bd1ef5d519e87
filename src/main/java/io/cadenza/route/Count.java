package io.cadenza.route;

import io.cadenza.meter.Tally;

/** Lines and bytes counted by one router between two batches, then added to shared tallies. */
final class Count {
  private final Tally lineTally;
  private final Tally byteTally;
  private long lines;
  private long bytes;

  /**
   * @param byteTally null where bytes are not counted
   */
  Count(Tally lineTally, Tally byteTally) {
    this.lineTally = lineTally;
    this.byteTally = byteTally;
  }

  void add(long moreLines, long moreBytes) {
    lines += moreLines;
    bytes += moreBytes;
  }

  void publish() {
    if (lines != 0) {
      lineTally.add(lines);
      lines = 0;
      if (byteTally != null) {
        byteTally.add(bytes);
      }
      bytes = 0;
    }
  }
}
