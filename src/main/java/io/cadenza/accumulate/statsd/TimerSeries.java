package io.cadenza.accumulate.statsd;

import java.util.Arrays;

/**
 * The samples of a timer, each of them up to a bound, and beyond it a sketch of them. Allocates
 * only to grow.
 */
final class TimerSeries extends Series {
  private static final double[] NONE = {};
  private static final int FEW = 8;

  private final SampleRoom room;
  private double[] samples = NONE;
  private int kept;
  private Sketch sketch;

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
    if (sketch == null && kept == samples.length && !grow()) {
      toSketch();
    }
    if (sketch == null) {
      samples[kept++] = value;
    } else {
      sketch.add(value);
    }
    return true;
  }

  private boolean grow() {
    int most = room.mostSamples();
    if (kept >= most) {
      return false;
    }
    int size = Math.min(most, Math.max(FEW, kept * 2));
    if (!room.grow(kept, size)) {
      if (kept >= SampleRoom.ALWAYS) {
        return false;
      }
      size = Math.min(most, SampleRoom.ALWAYS);
      room.grow(kept, size);
    }
    samples = Arrays.copyOf(samples, size);
    return true;
  }

  private void toSketch() {
    sketch = new Sketch();
    for (int i = 0; i < kept; i++) {
      sketch.add(samples[i]);
    }
    dropSamples();
  }

  /** How many samples there are. */
  long count() {
    return sketch == null ? kept : sketch.count();
  }

  /** The samples, in no order, from 0 to {@link #count}; for who flushes them. */
  double[] samples() {
    return samples;
  }

  /** What there is instead of samples, or null. */
  Sketch sketch() {
    return sketch;
  }

  /** Takes all of another's samples, which gives up its own. */
  void merge(TimerSeries other) {
    if (other.sketch == null) {
      double before = scaled;
      for (int i = 0; i < other.kept; i++) {
        add(other.samples[i], 0);
      }
      scaled = before;
    } else {
      if (sketch == null) {
        toSketch();
      }
      sketch.merge(other.sketch);
    }
    double all = scaled + other.scaled;
    scaled = Double.isInfinite(all) ? scaled : all;
    other.release();
  }

  /** Takes a sketch as all that it has. */
  void take(Sketch read) {
    dropSamples();
    sketch = read;
  }

  @Override
  int lookAt() {
    return kept < samples.length ? (int) samples[kept] : kept;
  }

  /** An array that is far too large is given back, so that one busy interval is not for ever. */
  @Override
  void reset() {
    if (kept == 0) {
      dropSamples();
    } else if (samples.length > FEW && kept * 4 < samples.length) {
      room.giveBack(samples.length - samples.length / 2);
      samples = new double[samples.length / 2];
    }
    kept = 0;
    scaled = 0;
    sketch = null;
  }

  private void dropSamples() {
    room.giveBack(samples.length);
    samples = NONE;
    kept = 0;
  }

  @Override
  void release() {
    dropSamples();
    scaled = 0;
    sketch = null;
  }
}
