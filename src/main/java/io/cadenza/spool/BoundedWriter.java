package io.cadenza.spool;

import io.cadenza.line.LineRun;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes to a lane as long as there is room, and does at the bound, or on a full disk, what {@link
 * AtBound} says. One thread.
 */
final class BoundedWriter {
  private final LaneFiles files;
  private final SpoolConfig config;
  private final InstantSource clock;
  private final Ledger ledger;
  private final Writer writer;
  private final Reader reader;
  private final LongConsumer written;

  /**
   * @param written told the time of each write
   */
  BoundedWriter(
      SpoolFolder.Opened lane,
      SpoolConfig config,
      InstantSource clock,
      Ledger ledger,
      Writer writer,
      LongConsumer written) {
    this.files = lane.files();
    this.config = config;
    this.clock = clock;
    this.ledger = ledger;
    this.writer = writer;
    this.reader = lane.reader();
    this.written = written;
  }

  /**
   * Appends as many runs as one write takes.
   *
   * @return how many are dealt with: written, or dropped and told; 0 at the bound with {@link
   *     AtBound#BLOCK}
   * @throws IOException when nothing could be written
   */
  int append(List<LineRun> runs, int from) throws IOException {
    LineRun run = runs.get(from);
    while (!files.room().take(writer.need(run))) {
      boolean never = run.size() > files.room().limit() - segmentOverhead();
      if (!never && config.atBound() == AtBound.BLOCK) {
        return 0;
      }
      if (never || config.atBound() == AtBound.DROP_NEWEST || !dropOldest()) {
        ledger.refused(Loss.FULL, run.lines());
        return 1;
      }
    }
    return write(runs, from);
  }

  private static long segmentOverhead() {
    return SegmentFormat.HEADER + (long) SegmentFormat.RECORD;
  }

  /** Writes; on a full disk once more without the oldest segment, if that may be dropped. */
  private int write(List<LineRun> runs, int from) throws IOException {
    try {
      return writeOnce(runs, from, writer.need(runs.get(from)));
    } catch (IOException full) {
      if (config.atBound() != AtBound.DROP_OLDEST || !DiskSpace.isUp(full, files.folder)) {
        throw full;
      }
      if (!dropOldest() || !files.room().take(writer.need(runs.get(from)))) {
        throw full;
      }
      return writeOnce(runs, from, writer.need(runs.get(from)));
    }
  }

  private int writeOnce(List<LineRun> runs, int from, long taken) throws IOException {
    long now = clock.millis();
    long before = writer.sequence();
    int n = writer.write(runs, from, taken, now);
    ledger.add(writer.sequence() - before);
    written.accept(now);
    return n;
  }

  /** Drops the oldest segment; false when there is none that is worth it. */
  private boolean dropOldest() throws IOException {
    Segment first = files.first();
    boolean small = first != null && first.length < config.segmentBytes() / 2;
    if (first == null || writer.writes(first) && small) {
      return false;
    }
    files.delete(first);
    if (writer.writes(first)) {
      writer.leave();
    }
    ledger.lost(Loss.FULL, reader.drop(first));
    return true;
  }
}
