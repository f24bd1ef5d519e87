package io.cadenza.accumulate.bins;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;

/**
 * The values of one bin, for percentiles: each of them while they are few and there is room for
 * them, then a sketch, of which the percentiles are right to a hundredth. One thread.
 */
final class Values {
  /** So many values are kept in any case. */
  static final int FEW = 256;

  /** So many are kept while there is room. */
  static final int MOST = 10_000;

  /** Bytes of those that are kept in any case. */
  static final int FEW_BYTES = FEW * Double.BYTES;

  private static final double ACCURACY = 0.01;

  /** The bound of its memory: what is 6e17 times smaller than the largest shares one bin. */
  private static final int SKETCH_BINS = 2048;

  private static final IndexMapping MAPPING = new LogarithmicMapping(ACCURACY);

  private final ValueRoom room;
  private double[] values = new double[8];
  private int count;
  private DDSketch sketch;

  Values(ValueRoom room) {
    this.room = room;
  }

  void add(double value) {
    if (sketch == null && count == values.length) {
      grow();
    }
    if (sketch == null) {
      values[count++] = value;
    } else {
      addToSketch(value, 1);
    }
  }

  private void grow() {
    int size = Math.min(MOST, values.length * 2);
    boolean more = size <= FEW || count < MOST && room.take(beyondFew(size) - beyondFew(count));
    if (more) {
      values = Arrays.copyOf(values, size);
    } else {
      toSketch();
    }
  }

  private static long beyondFew(int size) {
    return Math.max(0, size - FEW) * (long) Double.BYTES;
  }

  private void toSketch() {
    sketch = new DDSketch(MAPPING, () -> new CollapsingLowestDenseStore(SKETCH_BINS));
    for (int i = 0; i < count; i++) {
      addToSketch(values[i], 1);
    }
    release();
  }

  private void addToSketch(double value, double times) {
    double most = MAPPING.maxIndexableValue();
    sketch.accept(Math.max(-most, Math.min(most, value)), times);
  }

  /** Gives back what room it has taken; it is not used any more, or has become a sketch. */
  void release() {
    room.giveBack(beyondFew(values.length));
    values = new double[0];
    count = 0;
  }

  /** Whether it is a sketch by now. */
  boolean isSketch() {
    return sketch != null;
  }

  /** The percentile; of at least one value. */
  double percentile(double fraction, PercentileMethod method) {
    if (sketch != null) {
      return sketch.getValueAtQuantile(fraction);
    }
    Arrays.sort(values, 0, count);
    return method.of(values, count, fraction);
  }

  /** Takes those of another. */
  void addAll(Values other) {
    for (int i = 0; i < other.count; i++) {
      add(other.values[i]);
    }
    if (other.sketch != null) {
      if (sketch == null) {
        toSketch();
      }
      sketch.mergeWith(other.sketch);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.writeDouble(values[i]);
    }
    out.writeBoolean(sketch != null);
    if (sketch != null) {
      Store positive = sketch.getPositiveValueStore();
      Store negative = sketch.getNegativeValueStore();
      out.writeDouble(
          Math.max(0, sketch.getCount() - positive.getTotalCount() - negative.getTotalCount()));
      write(positive, out);
      write(negative, out);
    }
  }

  private static void write(Store store, DataOutput out) throws IOException {
    int bins = 0;
    for (Iterator<Bin> all = store.getAscendingIterator(); all.hasNext(); all.next()) {
      bins++;
    }
    out.writeInt(bins);
    for (Iterator<Bin> all = store.getAscendingIterator(); all.hasNext(); ) {
      Bin bin = all.next();
      out.writeInt(bin.getIndex());
      out.writeDouble(bin.getCount());
    }
  }

  /** Reads what was written, into one that is new. */
  void read(DataInput in) throws IOException {
    for (int left = Transfer.count(in, MOST); left > 0; left--) {
      double value = in.readDouble();
      Transfer.check(!Double.isNaN(value) && !Double.isInfinite(value), "a value that cannot be");
      add(value);
    }
    if (in.readBoolean()) {
      readSketch(in);
    }
    Transfer.check(count > 0 || sketch != null && sketch.getCount() > 0, "a bin without values");
  }

  private void readSketch(DataInput in) throws IOException {
    toSketch();
    double zeros = weight(in);
    if (zeros > 0) {
      sketch.accept(0, zeros);
    }
    read(in, 1);
    read(in, -1);
  }

  private void read(DataInput in, int sign) throws IOException {
    int least = MAPPING.index(MAPPING.minIndexableValue());
    int most = MAPPING.index(MAPPING.maxIndexableValue());
    for (int left = Transfer.count(in, SKETCH_BINS); left > 0; left--) {
      int index = in.readInt();
      Transfer.check(index >= least && index <= most, "a value that cannot be");
      double times = weight(in);
      if (times > 0) {
        addToSketch(sign * MAPPING.value(index), times);
      }
    }
  }

  private static double weight(DataInput in) throws IOException {
    double weight = in.readDouble();
    Transfer.check(weight >= 0 && weight < 1e18, "a count that cannot be");
    return weight;
  }
}
