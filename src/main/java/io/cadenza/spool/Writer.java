package io.cadenza.spool;

import io.cadenza.line.LineRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The writing end of a lane. One thread. */
final class Writer {
  private final LaneFiles files;
  private final SpoolConfig config;
  private final Scratch scratch;
  private final ByteBuffer head = ByteBuffer.allocate(SegmentFormat.RECORD);

  /** The segment that is written to, null when the next run begins one. */
  private Segment active;

  private long sequence;
  private boolean dirty;

  Writer(LaneFiles files, SpoolConfig config, Scratch scratch, long sequence) {
    this.files = files;
    this.config = config;
    this.scratch = scratch;
    this.sequence = sequence;
    this.active = files.last();
  }

  /** The sequence of the next line. */
  long sequence() {
    return sequence;
  }

  /** Is this the one that is written to? */
  boolean writes(Segment segment) {
    return segment == active;
  }

  /** What was written last goes into no file that grows. */
  void leave() {
    active = null;
  }

  /** Room that a run takes now, with the header of a new segment if it needs one. */
  long need(LineRun run) {
    long record = SegmentFormat.RECORD + (long) run.size();
    return startsSegment(record) ? record + SegmentFormat.HEADER : record;
  }

  private boolean startsSegment(long record) {
    return active == null
        || active.length + record > config.segmentBytes() && active.length > SegmentFormat.HEADER;
  }

  /**
   * Writes as many runs as fit together, at least the one for which room was taken.
   *
   * @param taken the room of the first run
   * @return how many
   */
  int write(List<LineRun> runs, int from, long taken, long now) throws IOException {
    long all = taken;
    try {
      begin(runs.get(from), now);
      if (all != SegmentFormat.RECORD + (long) runs.get(from).size()) {
        all -= SegmentFormat.HEADER; // The file is there now and has its own.
      }
      int to = from + 1;
      while (to < runs.size() && fits(runs.get(to), all)) {
        all += SegmentFormat.RECORD + (long) runs.get(to).size();
        to++;
      }
      write(runs, from, to, now);
      files.grown(all);
      return to - from;
    } catch (IOException | RuntimeException failed) {
      files.room().free(all);
      throw failed;
    }
  }

  private boolean fits(LineRun run, long before) {
    long record = SegmentFormat.RECORD + (long) run.size();
    return before + record <= Scratch.SIZE
        && active.length + before + record <= config.segmentBytes()
        && files.room().take(record);
  }

  /** Has a segment to write the run to. */
  private void begin(LineRun run, long now) throws IOException {
    if (!startsSegment(SegmentFormat.RECORD + (long) run.size())) {
      return;
    }
    if (active != null) {
      finish();
    }
    active = files.create(sequence, now, config.sync() != Sync.NONE);
  }

  /** The segment that is written to is full. */
  private void finish() throws IOException {
    if (config.sync() != Sync.NONE && dirty) {
      active.force();
    }
    dirty = false;
    active.end = sequence;
    active.close(); // There may be many before they are read: each would cost a descriptor.
    active = null;
  }

  private void write(List<LineRun> runs, int from, int to, long now) throws IOException {
    long before = sequence;
    try {
      long at = active.length;
      scratch.clear();
      for (int i = from; i < to; i++) {
        LineRun run = runs.get(i);
        SegmentFormat.record(head, run, sequence, now);
        at += scratch.put(head, active, at);
        at += scratch.put(ByteBuffer.wrap(run.bytes(), run.from(), run.size()), active, at);
        sequence += run.lines();
      }
      scratch.flush(active, at);
      if (config.sync() == Sync.ALWAYS) {
        active.force();
      } else {
        dirty = true;
      }
      active.end = sequence;
    } catch (IOException failed) {
      sequence = before;
      undo(failed);
      throw failed;
    }
  }

  /** Nothing of what failed stays; where that fails as well, nothing is written behind it. */
  private void undo(IOException failed) {
    try {
      active.truncate(active.length);
      if (config.sync() == Sync.ALWAYS) {
        active = null; // After a failed sync, nobody knows what a further one would say.
      }
    } catch (IOException again) {
      failed.addSuppressed(again);
      active = null;
    }
  }

  /** Forces what was written to the disk. */
  void sync() throws IOException {
    if (dirty && active != null) {
      active.force();
    }
    dirty = false;
  }
}
