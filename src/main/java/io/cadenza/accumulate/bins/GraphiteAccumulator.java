package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.Accumulator;
import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.Adoption;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.Tick;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.Sample;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.meter.AccumulatorMeters;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One shard of a graphite accumulator: of all values of a key in a bin of time, one is flushed.
 *
 * <p>A value belongs to the bin of its own time. At a tick every bin goes off, however far from now
 * it is, but the one that the tick falls into: values for it still come, and it would go off twice,
 * each time with a part of its sum. A value for a bin that has gone off makes a new one.
 */
public final class GraphiteAccumulator implements Accumulator, OpenBins {
  /** What a bin takes of the room besides the key. */
  static final int BIN_BYTES = 72;

  private final GraphiteConfig config;
  private final long flush;
  private final AccumulatorMeters meters;
  private final Losses losses;
  private final BinLines lines;
  private final FlushedBins flushed;
  private final GraphiteKeys keys;
  private final Walk walk = new Walk();
  private final Sample sample = new Sample();
  private final GraphiteTransfer transfer;
  private Tick due = new Tick(0, 1, 0, false);

  /**
   * @param room the bound of all shards together
   * @param lines what is flushed goes there, in the format that the configuration says
   * @param flushed gets the bins as they are flushed: rollups
   * @param shard which one this is
   */
  public GraphiteAccumulator(
      GraphiteConfig config,
      Guess guess,
      KeyRoom room,
      AccumulatorMeters meters,
      FlushedLines lines,
      FlushedBins flushed,
      int shard,
      int shards) {
    this.config = config;
    this.flush = config.common().flush().toMillis();
    this.meters = meters;
    this.losses = new Losses(meters);
    this.lines = new BinLines(lines, config.output(), meters);
    this.flushed = flushed;
    this.keys = new GraphiteKeys(config, guess, room, walk, meters);
    this.transfer = new GraphiteTransfer(shard, shards);
  }

  @Override
  public void take(LineBatch batch, long nowMillis) {
    int taken = 0;
    byte[] bytes = batch.bytes();
    for (int i = 0; i < batch.count(); i++) {
      taken += line(bytes, batch.keyStart(i), batch.keyEnd(i), batch.end(i)) ? 1 : 0;
    }
    meters.linesIn.add(batch.count());
    meters.bytesIn.add(batch.size());
    meters.linesTaken.add(taken);
    meters.samples.add(taken);
  }

  private boolean line(byte[] b, int from, int keyEnd, int end) {
    if (!GraphiteFormat.parse(b, keyEnd, end, sample)) {
      losses.invalid(b, from, keyEnd, end);
      return false;
    }
    if (keyEnd - from > AccumulatorConfig.LONGEST_KEY) {
      losses.invalid(Invalid.TOO_LONG);
      return false;
    }
    GraphiteSeries series = keys.series(b, from, keyEnd);
    Bin bin = series == null ? null : bin(series, sample.time() * 1000);
    if (bin == null) {
      losses.tooManyKeys.increment();
      return false;
    }
    bin.add(sample.value());
    return true;
  }

  /** The bin of a time; null when there is no room for another one. */
  private Bin bin(GraphiteSeries series, long millis) {
    Bin recent = series.recent;
    if (recent != null && millis >= recent.start && millis - recent.start < flush) {
      return recent;
    }
    long start = millis - Math.floorMod(millis, flush);
    Bin bin = series.bins.find(start);
    if (bin == null) {
      bin = newBin(series, start);
    }
    series.recent = bin;
    return bin;
  }

  private Bin newBin(GraphiteSeries series, long start) {
    int count = series.bins.count();
    if (count > 0 && (count == BinList.MOST || !keys.take(BIN_BYTES))) {
      return null;
    }
    Bin bin = series.spare == null ? new Bin(start) : series.spare;
    series.spare = null;
    bin.begin(start);
    series.bins.add(bin);
    return bin;
  }

  @Override
  public void flush(Tick tick) {
    due = tick;
    meters.flushes.increment();
    if (!walk.begin(keys.table.count())) {
      meters.flushesMerged.increment();
    }
  }

  @Override
  public boolean emit(int most) {
    for (int looks = most; looks > 0; looks--) {
      int place = walk.next(keys.table.count());
      if (place < 0) {
        return true;
      }
      if (!lines.room() || !look(keys.table.at(place))) {
        return false;
      }
      walk.done();
    }
    return walk.over();
  }

  /** Emits what is due of a key; false when there was no more room before the end. */
  private boolean look(Known known) {
    if (known.looked == walk.epoch()) {
      return true;
    }
    GraphiteSeries series = known.series;
    boolean all = known != series || emit(series);
    if (all) {
      known.looked = walk.epoch();
      boolean seen = known.used >= walk.epoch() - 1;
      boolean kept = known == series && (config.keepKeys() || series.bins.count() > 0);
      if (!seen && !kept) {
        keys.forget(known);
      } else if (known == series && config.keepKeys() && series.flushed != walk.epoch()) {
        idle(series);
      }
    }
    return all;
  }

  private boolean emit(GraphiteSeries series) {
    int extra = series.extraBins();
    BinList<Bin> bins = series.bins;
    int kept = 0;
    boolean all = true;
    for (int i = 0; i < bins.count(); i++) {
      Bin bin = bins.at(i);
      all &= lines.room();
      if (all && isDue(bin)) {
        emit(series, bin);
        series.flushed = walk.epoch();
        series.spare = bin;
      } else {
        bins.keep(kept++, bin);
      }
    }
    bins.truncate(kept);
    series.recent = null;
    for (int i = series.extraBins(); i < extra; i++) {
      keys.giveBack(BIN_BYTES);
    }
    return all;
  }

  private boolean isDue(Bin bin) {
    return due.last() || bin.start > due.millis() || bin.start + flush <= due.millis();
  }

  private void emit(GraphiteSeries series, Bin bin) {
    byte[] key = series.key();
    lines.write(key, series.function, series.function.of(bin), bin.seconds());
    flushed.bin(
        key,
        0,
        key.length,
        bin.seconds(),
        bin.min,
        bin.max,
        bin.sum,
        bin.count,
        bin.first,
        bin.last);
  }

  /** A key that got nothing is 0 in the last bin that has ended. */
  private void idle(GraphiteSeries series) {
    long ended = due.millis() - Math.floorMod(due.millis(), flush) - flush;
    if (ended >= 0) {
      lines.write(series.key(), series.function, 0, Math.floorDiv(ended, 1000));
    }
  }

  @Override
  public void open(byte[] key, PointSink told) {
    GraphiteSeries series = keys.find(key);
    for (int i = 0; series != null && i < series.bins.count(); i++) {
      series.bins.at(i).tell(key, new Resolution(flush, 0), told);
    }
  }

  @Override
  public long keys() {
    return keys.table.count();
  }

  @Override
  public void handOver(DataOutput out) throws IOException {
    meters.handedOver.add(transfer.write(keys.table, out));
  }

  @Override
  public Adoption adopt(DataInput in) {
    return transfer.read(in, this::adopt);
  }

  private void adopt(byte[] key, Bin earlier) {
    GraphiteSeries series = keys.series(key, 0, key.length);
    Bin bin = series == null ? null : bin(series, earlier.start);
    if (bin == null) {
      meters.notAdopted.increment();
    } else {
      bin.addEarlier(earlier);
      meters.adopted.increment();
    }
  }
}
