package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.Accumulator;
import io.cadenza.accumulate.Adoption;
import io.cadenza.accumulate.Tick;
import io.cadenza.line.LineBatch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;

/**
 * One shard of an accumulator with the coarser bins of what it flushes: these are dealt with when
 * everything of a tick has come to them.
 */
public final class WithRollup implements Accumulator, OpenBins {
  private final Accumulator accumulator;
  private final Rollup rollup;
  private boolean emitted = true;

  /**
   * @param rollup gets what the accumulator flushes
   */
  public WithRollup(Accumulator accumulator, Rollup rollup) {
    this.accumulator = accumulator;
    this.rollup = rollup;
  }

  /** The accumulator itself. */
  public Accumulator accumulator() {
    return accumulator;
  }

  @Override
  public void take(LineBatch batch, long nowMillis) {
    accumulator.take(batch, nowMillis);
  }

  @Override
  public void flush(Tick tick) {
    accumulator.flush(tick);
    rollup.flush(tick);
    emitted = false;
  }

  @Override
  public boolean emit(int most) {
    emitted = emitted || accumulator.emit(most);
    return emitted && rollup.emit(most);
  }

  @Override
  public void open(byte[] key, PointSink told) {
    if (accumulator instanceof OpenBins bins) {
      bins.open(key, told);
    }
    rollup.open(key, told);
  }

  @Override
  public long keys() {
    return accumulator.keys();
  }

  @Override
  public void handOver(DataOutput out) throws IOException {
    accumulator.handOver(out);
    rollup.handOver(out);
  }

  @Override
  public Adoption adopt(DataInput in) {
    return new Both(accumulator.adopt(in), rollup.adopt(in));
  }

  /** One after the other, from the same input. */
  private static final class Both implements Adoption {
    private final Adoption open;
    private final Adoption coarser;
    private boolean opened;

    private Both(Adoption open, Adoption coarser) {
      this.open = open;
      this.coarser = coarser;
    }

    @Override
    public boolean goOn(int most) throws IOException {
      if (!opened) {
        opened = open.goOn(most);
        return false;
      }
      try {
        return coarser.goOn(most);
      } catch (EOFException none) {
        return true; // The predecessor had no coarser bins.
      }
    }
  }
}
