package io.cadenza.accumulate.statsd;

import java.util.Arrays;

/**
 * The samples of a timer, each of them up to a bound, and beyond it a sketch of them. Allocates
 * only to grow.
 *
 * <p>Most samples are exact in half the room of a double: so the array is of floats until the first
 * one comes that is not.
 */
final class TimerSeries extends Series {
  private static final float[] NONE = {};
  private static final int FEW = 8;

  private final SampleRoom room;

  /** A {@code float[]} or {@code double[]} of those kept, or a {@link Sketch} of all. */
  private Object samples = NONE;

  private int kept;

  /** How many samples there were before sampling: the sum of one by the rates. */
  double scaled;

  TimerSeries(byte[] key, int nameLength, int tagsAt, int hash, SampleRoom room) {
    super(key, nameLength, tagsAt, SeriesKind.TIMER, hash);
    this.room = room;
  }

  /** Takes a sample; false, and nothing taken, when the scaled count would be infinite. */
  boolean add(double value, double scale) {
    double all = scaled + scale;
    if (Double.isInfinite(all)) {
      return false;
    }
    scaled = all;
    if (samples instanceof float[] floats && kept < floats.length && (float) value == value) {
      floats[kept++] = (float) value;
    } else if (samples instanceof double[] doubles && kept < doubles.length) {
      doubles[kept++] = value;
    } else if (samples instanceof Sketch sketch) {
      sketch.add(value);
    } else {
      addBeyond(value);
    }
    return true;
  }

  /** Takes a sample that the array has no place for. */
  private void addBeyond(double value) {
    boolean wide = samples instanceof double[] || (float) value != value;
    if (!grow(wide)) {
      toSketch().add(value);
    } else if (samples instanceof float[] floats) {
      floats[kept++] = (float) value;
    } else {
      ((double[]) samples)[kept++] = value;
    }
  }

  /** Makes a place for one more; false when there is no room for it. */
  private boolean grow(boolean wide) {
    int most = room.mostSamples();
    if (kept >= most) {
      return false;
    }
    int size = kept < length() ? length() : Math.min(most, Math.max(FEW, kept + kept / 2));
    if (!room.grow(size, bytes(size, wide) - bytes())) {
      if (kept >= SampleRoom.ALWAYS) {
        return false;
      }
      size = Math.min(most, SampleRoom.ALWAYS);
      room.grow(size, bytes(size, wide) - bytes());
    }
    if (wide) {
      double[] grown = new double[size];
      copy(grown);
      samples = grown;
    } else {
      samples = Arrays.copyOf((float[]) samples, size);
    }
    return true;
  }

  private int length() {
    return samples instanceof float[] floats
        ? floats.length
        : samples instanceof double[] doubles ? doubles.length : 0;
  }

  private long bytes() {
    return bytes(length(), samples instanceof double[]);
  }

  private static long bytes(int size, boolean wide) {
    return (long) size * (wide ? Double.BYTES : Float.BYTES);
  }

  private Sketch toSketch() {
    Sketch sketch = new Sketch();
    for (int i = 0; i < kept; i++) {
      sketch.add(sample(i));
    }
    take(sketch);
    return sketch;
  }

  /** How many samples there are. */
  long count() {
    return samples instanceof Sketch sketch ? sketch.count() : kept;
  }

  /** One of the samples, which are in no order, from 0 to {@link #count}; of no sketch. */
  double sample(int i) {
    return samples instanceof float[] floats ? floats[i] : ((double[]) samples)[i];
  }

  /** Copies all samples to the start of an array; of no sketch. */
  void copy(double[] to) {
    if (samples instanceof float[] floats) {
      for (int i = 0; i < kept; i++) {
        to[i] = floats[i];
      }
    } else {
      System.arraycopy((double[]) samples, 0, to, 0, kept);
    }
  }

  /** What there is instead of samples, or null. */
  Sketch sketch() {
    return samples instanceof Sketch sketch ? sketch : null;
  }

  /** Takes all of another's samples, which gives up its own. */
  void merge(TimerSeries other) {
    if (other.samples instanceof Sketch theirs) {
      Sketch mine = samples instanceof Sketch sketch ? sketch : toSketch();
      mine.merge(theirs);
    } else {
      double before = scaled;
      for (int i = 0; i < other.kept; i++) {
        add(other.sample(i), 0);
      }
      scaled = before;
    }
    double all = scaled + other.scaled;
    scaled = Double.isInfinite(all) ? scaled : all;
    other.release();
  }

  /** Takes a sketch as all that it has. */
  void take(Sketch read) {
    dropSamples();
    samples = read;
  }

  /** Reads a byte of what is read when a sample comes, so that it is at hand. */
  int lookAt() {
    if (samples instanceof float[] floats) {
      return kept < floats.length ? (int) floats[kept] : kept;
    }
    return samples instanceof double[] doubles && kept < doubles.length
        ? (int) doubles[kept]
        : kept;
  }

  /** An array that is far too large is given back, so that one busy interval is not for ever. */
  @Override
  void reset() {
    int length = length();
    if (kept == 0) {
      dropSamples();
    } else if (length > FEW && kept * 4 < length) {
      boolean wide = samples instanceof double[];
      int half = length / 2;
      room.giveBack(bytes(length - half, wide));
      samples = wide ? new double[half] : new float[half];
    }
    kept = 0;
    scaled = 0;
  }

  private void dropSamples() {
    room.giveBack(bytes());
    samples = NONE;
    kept = 0;
  }

  @Override
  void release() {
    dropSamples();
    scaled = 0;
  }
}
