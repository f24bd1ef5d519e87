package io.cadenza.accumulate.bins;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The values that came to one key of an aggregation rule in one interval. */
final class RuleBin extends Bin {
  /** Mean and sum of squared differences from it: Welford's, which loses no digits. */
  private double mean;

  private double squares;

  /**
   * The times, in seconds, of the oldest and the newest value; of those with one time the first.
   */
  private long oldest;

  private long newest;
  private double oldestValue;
  private double newestValue;

  /** All values, or null when no function needs them. */
  final Values values;

  /** It was computed and emitted. */
  boolean computed;

  /** Something came since. */
  boolean changed;

  RuleBin(long start, Values values) {
    super(start);
    this.values = values;
  }

  void add(double value, long seconds) {
    if (count == 0 || seconds < oldest) {
      oldest = seconds;
      oldestValue = value;
    }
    if (count == 0 || seconds > newest) {
      newest = seconds;
      newestValue = value;
    }
    add(value);
    double before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
    if (values != null) {
      values.add(value);
    }
    changed = true;
  }

  /** What a function gives; not a number where that takes more values than there are. */
  double value(Function function, PercentileMethod method) {
    return switch (function.kind()) {
      case STDEV -> Math.sqrt(variance());
      case VARIANCE -> variance();
      case DERIVE -> (newestValue - oldestValue) / (newest - oldest);
      case PERCENTILE -> percentile(function.fraction(), method);
      case SUM, MEAN, MIN, MAX, COUNT, FIRST, LAST, DELTA -> function.of(this);
    };
  }

  /** Whether there are values enough for it: derive needs two times. */
  boolean has(Function function) {
    return function.kind() != Function.Kind.DERIVE || newest > oldest;
  }

  private double variance() {
    return Math.max(0, squares / count);
  }

  /** A sketch may answer a little beyond the values that there were. */
  private double percentile(double fraction, PercentileMethod method) {
    return Math.max(min, Math.min(max, values.percentile(fraction, method)));
  }

  /** Takes the values of another of the same interval, which came before those here. */
  void merge(RuleBin earlier) {
    boolean empty = count == 0;
    if (empty || earlier.oldest <= oldest) {
      oldest = earlier.oldest;
      oldestValue = earlier.oldestValue;
    }
    if (empty || earlier.newest >= newest) {
      newest = earlier.newest;
      newestValue = earlier.newestValue;
    }
    // Chan, Golub and LeVeque: the squares of two parts and what their means differ by.
    double difference = earlier.mean - mean;
    double all = (double) count + earlier.count;
    squares += earlier.squares + difference * difference * count * earlier.count / all;
    mean += difference * earlier.count / all;
    addEarlier(earlier);
    if (values != null) {
      values.addAll(earlier.values);
    }
    computed |= earlier.computed;
    changed |= !empty || earlier.changed;
  }

  /** Gives back what room its values take: it is not used any more. */
  void release() {
    if (values != null) {
      values.release();
    }
  }

  void write(DataOutput out) throws IOException {
    writeFigures(out);
    out.writeDouble(mean);
    out.writeDouble(squares);
    out.writeLong(oldest);
    out.writeLong(newest);
    out.writeDouble(oldestValue);
    out.writeDouble(newestValue);
    out.writeBoolean(computed);
    out.writeBoolean(changed);
    if (values != null) {
      values.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    readFigures(in);
    mean = in.readDouble();
    squares = in.readDouble();
    oldest = in.readLong();
    newest = in.readLong();
    oldestValue = in.readDouble();
    newestValue = in.readDouble();
    computed = in.readBoolean();
    changed = in.readBoolean();
    Transfer.check(oldest >= 0 && oldest <= newest, "times that cannot be");
    if (values != null) {
      values.read(in);
    }
  }
}
