package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.Adoption;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.KeyTable;
import io.cadenza.accumulate.Tick;
import io.cadenza.meter.AccumulatorMeters;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The coarser bins of one shard, made of those that its accumulator flushes. Plain Java; belongs to
 * the shard's thread.
 *
 * <p>A bin is emitted at the first tick at or after its end, when the accumulator has emitted
 * everything of that tick: so {@link #flush} is called together with the accumulator's, and {@link
 * #emit} once the accumulator's has answered that nothing more is due. What comes late is merged,
 * and the bin emitted again, whole, at the next tick. Of each resolution a key has the bin that
 * runs, the one before and, for clocks that go fast, the next; for others points are counted as too
 * late or too early. Its meters count a point once for each coarser resolution.
 */
public final class Rollup implements FlushedBins, OpenBins {
  private static final int MOST_BINS = 3;

  private final Resolution base;
  private final List<Resolution> coarser;
  private final Guess guess;
  private final boolean forgetIdle;
  private final KeyRoom room;
  private final AccumulatorMeters meters;
  private final Losses losses;
  private final BinLines lines;
  private final PointSink points;
  private final KeyTable<RollupSeries> table = new KeyTable<>();
  private final Hand<RollupSeries> hand = new Hand<>(table, RollupSeries::isIdle);
  private final Walk walk = new Walk();
  private final RollupTransfer transfer;
  private Tick due;
  private boolean ticked;
  private boolean ended;

  /**
   * @param times the flush interval, then the coarser ones; at least one
   * @param guess which value of a bin its line has
   * @param room the bound of all shards together; not that of the accumulators
   * @param meters not those of the accumulators
   * @param lines get the lines of the coarser bins
   * @param points get the points of all bins, the flushed ones too
   * @param nowMillis the time of day
   */
  public Rollup(
      List<Resolution> times,
      Guess guess,
      AccumulatorConfig.OnMaxKeys onMaxKeys,
      KeyRoom room,
      AccumulatorMeters meters,
      FlushedLines lines,
      PointSink points,
      int shard,
      int shards,
      long nowMillis) {
    this.base = times.get(0);
    this.coarser = List.copyOf(times.subList(1, times.size()));
    this.guess = guess;
    this.forgetIdle = onMaxKeys == AccumulatorConfig.OnMaxKeys.FORGET_IDLE;
    this.room = room;
    this.meters = meters;
    this.losses = new Losses(meters);
    this.lines = new BinLines(lines, AccumulatorConfig.Output.GRAPHITE, meters);
    this.points = points;
    this.transfer = new RollupTransfer(coarser, shard, shards);
    this.due = new Tick(nowMillis, 1, nowMillis, false);
  }

  /** Takes a point of one value: a line that an accumulator of another kind flushes. */
  public void point(byte[] key, int from, int to, long seconds, double value) {
    bin(key, from, to, seconds, value, value, value, 1, value, value);
  }

  @Override
  public void bin(
      byte[] key,
      int from,
      int to,
      long seconds,
      double min,
      double max,
      double sum,
      long count,
      double first,
      double last) {
    points.point(
        key,
        from,
        to,
        base.seconds(),
        base.ttlSeconds(),
        seconds,
        min,
        max,
        sum,
        count,
        first,
        last);
    meters.linesIn.add(coarser.size());
    for (int i = 0; i < coarser.size(); i++) {
      RolledBin bin = bin(key, from, to, i, coarser.get(i).startOf(seconds * 1000));
      if (bin != null) {
        bin.merge(seconds, min, max, sum, count, first, last);
        ended |= bin.start + coarser.get(i).millis() <= due.millis();
        meters.linesTaken.increment();
        meters.samples.increment();
      }
    }
  }

  /** The bin of a key in a coarser resolution; null, and that is counted, when there is none. */
  private RolledBin bin(byte[] key, int from, int to, int resolution, long start) {
    long away = start - coarser.get(resolution).startOf(due.millis());
    if (Math.abs(away) > coarser.get(resolution).millis()) {
      (away < 0 ? losses.tooLate : losses.tooEarly).increment();
      return null;
    }
    RollupSeries series = series(key, from, to);
    if (series == null) {
      losses.tooManyKeys.increment();
      return null;
    }
    return series.bin(resolution, start);
  }

  private RollupSeries series(byte[] b, int from, int to) {
    int hash = table.hash(b, from, to, to, to);
    RollupSeries series = table.find(hash, b, from, to, to, to, RollupSeries.KIND);
    if (series == null && take(to - from)) {
      byte[] key = Arrays.copyOfRange(b, from, to);
      series = new RollupSeries(key, hash, guess.of(key, 0, key.length), coarser.size());
      table.add(series);
    }
    return series;
  }

  private boolean take(int keySize) {
    if (room.take(size(keySize))) {
      return true;
    }
    RollupSeries idle = forgetIdle ? hand.find() : null;
    if (idle == null) {
      return false;
    }
    forget(idle);
    meters.forgotten.increment();
    return room.take(size(keySize));
  }

  private int size(int keySize) {
    return keySize + MOST_BINS * GraphiteAccumulator.BIN_BYTES * coarser.size();
  }

  private void forget(RollupSeries series) {
    table.remove(series);
    room.giveBack(size(series.keyLength()));
  }

  /** A tick of the accumulator: called together with its {@code flush}. */
  public void flush(Tick tick) {
    for (Resolution resolution : coarser) {
      ended |= resolution.startOf(tick.millis()) != resolution.startOf(due.millis());
    }
    due = tick;
    ticked = true;
  }

  /**
   * Emits some of what is due, while there is room for lines. Called when the accumulator has
   * emitted all that was due.
   *
   * @param most about how many keys are looked at
   * @return whether nothing more is due
   */
  public boolean emit(int most) {
    if (ticked && walk.over()) {
      ticked = false;
      if (ended || due.last()) {
        ended = false;
        meters.flushes.increment();
        walk.begin(table.count());
      }
    }
    for (int looks = most; looks > 0; looks--) {
      int place = walk.next(table.count());
      if (place < 0) {
        return !ticked;
      }
      if (!lines.room()) {
        return false;
      }
      look(table.at(place));
      walk.done();
    }
    return walk.over() && !ticked;
  }

  private void look(RollupSeries series) {
    for (int i = 0; i < coarser.size(); i++) {
      Resolution resolution = coarser.get(i);
      BinList<RolledBin> bins = series.bins(i);
      int kept = 0;
      for (int j = 0; j < bins.count(); j++) {
        RolledBin bin = bins.at(j);
        long away = bin.start - resolution.startOf(due.millis());
        // One that is further ahead was gathered before the clock was put back.
        boolean isDue = away < 0 || away > resolution.millis() || due.last();
        if (isDue && bin.changed) {
          emit(series, resolution, bin);
          bin.changed = false;
        }
        if (Math.abs(away) <= resolution.millis()) {
          bins.keep(kept++, bin);
        }
      }
      bins.truncate(kept);
    }
    if (series.isEmpty()) {
      forget(series);
    }
  }

  private void emit(RollupSeries series, Resolution resolution, RolledBin bin) {
    byte[] key = series.key();
    lines.write(key, series.function, series.function.of(bin), bin.seconds());
    bin.tell(key, resolution, points);
  }

  @Override
  public void open(byte[] key, PointSink told) {
    int end = key.length;
    int hash = table.hash(key, 0, end, end, end);
    RollupSeries series = table.find(hash, key, 0, end, end, end, RollupSeries.KIND);
    for (int i = 0; series != null && i < coarser.size(); i++) {
      BinList<RolledBin> bins = series.bins(i);
      for (int j = 0; j < bins.count(); j++) {
        if (bins.at(j).changed) {
          bins.at(j).tell(key, coarser.get(i), told);
        }
      }
    }
  }

  /** How many keys it holds. */
  public long keys() {
    return table.count();
  }

  /** Writes all that a successor needs to go on. */
  public void handOver(DataOutput out) throws IOException {
    transfer.write(table, out);
    meters.handedOver.add(table.count());
  }

  /** Begins to take what another shard handed over: merged with what is here. */
  public Adoption adopt(DataInput in) {
    return transfer.read(in, this::adopt);
  }

  private void adopt(byte[] key, int resolution, RolledBin earlier) {
    RollupSeries series = series(key, 0, key.length);
    if (series == null || series.bins(resolution).count() > MOST_BINS) {
      meters.notAdopted.increment();
    } else {
      RolledBin bin = series.bin(resolution, earlier.start);
      bin.merge(earlier);
      ended |= bin.changed;
      meters.adopted.increment();
    }
  }
}
