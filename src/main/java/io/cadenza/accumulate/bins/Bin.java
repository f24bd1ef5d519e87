package io.cadenza.accumulate.bins;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The values of one key in one interval, as running figures. Belongs to the shard's thread. */
sealed class Bin permits RolledBin, RuleBin {
  /** Where the interval begins, in milliseconds since 1970. */
  long start;

  double min;
  double max;
  double sum;

  /** The value that came first, and the one that came last. */
  double first;

  double last;
  long count;

  Bin(long start) {
    this.start = start;
  }

  /** Begins anew, for another interval. */
  final void begin(long from) {
    start = from;
    count = 0;
    sum = 0;
  }

  final void add(double value) {
    if (count++ == 0) {
      first = value;
      min = value;
      max = value;
    } else {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    sum += value;
    last = value;
  }

  /** Takes what another has of it; neither first nor last. */
  final void addFigures(Bin other) {
    min = count == 0 ? other.min : Math.min(min, other.min);
    max = count == 0 ? other.max : Math.max(max, other.max);
    sum += other.sum;
    count += other.count;
  }

  /** Takes the values of another of the same interval, which came before those that are here. */
  final void addEarlier(Bin earlier) {
    last = count == 0 ? earlier.last : last;
    first = earlier.first;
    addFigures(earlier);
  }

  final long seconds() {
    return Math.floorDiv(start, 1000);
  }

  /** Tells it as a point. */
  final void tell(byte[] key, Resolution of, PointSink told) {
    told.point(
        key,
        0,
        key.length,
        of.seconds(),
        of.ttlSeconds(),
        seconds(),
        min,
        max,
        sum,
        count,
        first,
        last);
  }

  final void writeFigures(DataOutput out) throws IOException {
    out.writeLong(start);
    out.writeDouble(min);
    out.writeDouble(max);
    out.writeDouble(sum);
    out.writeDouble(first);
    out.writeDouble(last);
    out.writeLong(count);
  }

  /**
   * @throws IOException when this can't have been written
   */
  final void readFigures(DataInput in) throws IOException {
    start = in.readLong();
    min = in.readDouble();
    max = in.readDouble();
    sum = in.readDouble();
    first = in.readDouble();
    last = in.readDouble();
    count = in.readLong();
    Transfer.check(start >= 0 && start <= Transfer.LATEST, "a time that cannot be");
    Transfer.check(count > 0 && !Double.isNaN(sum), "a bin that cannot be");
    Transfer.check(min <= first && first <= max && min <= last && last <= max, "a wrong bin");
  }
}
