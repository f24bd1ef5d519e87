package io.cadenza.accumulate.bins;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A coarser bin, made of flushed ones. */
final class RolledBin extends Bin {
  /** The times, in seconds, of the flushed bins from which first and last are. */
  private long oldest;

  private long newest;

  /** Something was merged since it was emitted. */
  boolean changed;

  RolledBin(long start) {
    super(start);
  }

  void merge(
      long seconds, double min, double max, double sum, long count, double first, double last) {
    if (this.count == 0 || seconds < oldest) {
      oldest = seconds;
      this.first = first;
    }
    if (this.count == 0 || seconds >= newest) {
      newest = seconds;
      this.last = last;
    }
    this.min = this.count == 0 ? min : Math.min(this.min, min);
    this.max = this.count == 0 ? max : Math.max(this.max, max);
    this.sum += sum;
    this.count += count;
    changed = true;
  }

  /** Takes what was gathered elsewhere, before what is here. */
  void merge(RolledBin earlier) {
    if (count == 0 || earlier.oldest <= oldest) {
      oldest = earlier.oldest;
      first = earlier.first;
    }
    if (count == 0 || earlier.newest > newest) {
      newest = earlier.newest;
      last = earlier.last;
    }
    // What comes to one that was emitted changes it; alone it is as it was.
    changed = count > 0 || earlier.changed;
    addFigures(earlier);
  }

  void write(DataOutput out) throws IOException {
    writeFigures(out);
    out.writeLong(oldest);
    out.writeLong(newest);
    out.writeBoolean(changed);
  }

  void read(DataInput in) throws IOException {
    readFigures(in);
    oldest = in.readLong();
    newest = in.readLong();
    changed = in.readBoolean();
  }
}
