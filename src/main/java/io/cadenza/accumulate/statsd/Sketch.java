package io.cadenza.accumulate.statsd;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Iterator;

/**
 * Many samples in little room: how they are spread to a hundredth of each value, and exactly their
 * count, sums, extremes and deviation. One thread.
 */
final class Sketch {
  /** How far a value may be from the one that stands for it, relative to it. */
  static final double ACCURACY = 0.01;

  /** Bins at most on each side of 0; the smallest values share one beyond that. */
  static final int MOST_BINS = 2048;

  private static final IndexMapping MAPPING = new LogarithmicMapping(ACCURACY);
  private static final double LARGEST = MAPPING.maxIndexableValue();

  private final DDSketch bins =
      new DDSketch(MAPPING, () -> new CollapsingLowestDenseStore(MOST_BINS));
  private long count;
  private double sum;
  private double squares;
  private double mean;
  private double deviations; // sum of squared differences from the mean, after Welford
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  void add(double value) {
    bins.accept(Math.max(-LARGEST, Math.min(LARGEST, value)));
    count++;
    sum += value;
    squares += value * value;
    double difference = value - mean;
    mean += difference / count;
    deviations += difference * (value - mean);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }

  long count() {
    return count;
  }

  double sum() {
    return sum;
  }

  double squares() {
    return squares;
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  double deviation() {
    return Math.sqrt(deviations / count);
  }

  /** How many arrays elements {@link #spread} needs. */
  int spreadSize() {
    return 2 * MOST_BINS + 1;
  }

  /** Writes the bins, smallest value first, and answers how many there are. */
  int spread(double[] values, double[] counts) {
    int n = 0;
    for (Iterator<Bin> i = bins.getNegativeValueStore().getDescendingIterator(); i.hasNext(); n++) {
      Bin bin = i.next();
      values[n] = within(-MAPPING.value(bin.getIndex()));
      counts[n] = bin.getCount();
    }
    double zeros = bins.getCount() - side(bins.getNegativeValueStore());
    zeros -= side(bins.getPositiveValueStore());
    if (zeros > 0) {
      values[n] = within(0);
      counts[n++] = zeros;
    }
    for (Iterator<Bin> i = bins.getPositiveValueStore().getAscendingIterator(); i.hasNext(); n++) {
      Bin bin = i.next();
      values[n] = within(MAPPING.value(bin.getIndex()));
      counts[n] = bin.getCount();
    }
    return n;
  }

  private static double side(Store store) {
    return store.getTotalCount();
  }

  private double within(double value) {
    return Math.max(least, Math.min(most, value));
  }

  /** Takes all of another's, after Chan, Golub and LeVeque. */
  void merge(Sketch other) {
    if (other.count == 0) {
      return;
    }
    bins.mergeWith(other.bins);
    long all = count + other.count;
    double difference = other.mean - mean;
    deviations += other.deviations + difference * difference * count * other.count / all;
    mean += difference * other.count / all;
    count = all;
    sum += other.sum;
    squares += other.squares;
    least = Math.min(least, other.least);
    most = Math.max(most, other.most);
  }

  void write(DataOutput out) throws IOException {
    double[] values = new double[spreadSize()];
    double[] counts = new double[spreadSize()];
    int n = spread(values, counts);
    out.writeInt(n);
    for (int i = 0; i < n; i++) {
      out.writeDouble(values[i]);
      out.writeLong((long) counts[i]);
    }
    for (double figure : new double[] {sum, squares, mean, deviations, least, most}) {
      out.writeDouble(figure);
    }
  }

  /**
   * @throws IOException when it cannot be what {@link #write} wrote
   */
  static Sketch read(DataInput in) throws IOException {
    Sketch sketch = new Sketch();
    int n = in.readInt();
    if (n < 1 || n > sketch.spreadSize()) {
      throw new IOException("a sketch of " + n + " bins");
    }
    for (int i = 0; i < n; i++) {
      double value = HandOver.finite(in.readDouble());
      long count = in.readLong();
      if (count < 1 || count > 1L << 53 || sketch.count + count > 1L << 53) {
        throw new IOException("a bin of " + count + " samples");
      }
      sketch.bins.accept(Math.max(-LARGEST, Math.min(LARGEST, value)), count);
      sketch.count += count;
    }
    sketch.sum = in.readDouble();
    sketch.squares = in.readDouble();
    sketch.mean = in.readDouble();
    sketch.deviations = in.readDouble();
    sketch.least = HandOver.finite(in.readDouble());
    sketch.most = HandOver.finite(in.readDouble());
    return sketch;
  }
}
