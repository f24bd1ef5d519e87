package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.Accumulator;
import io.cadenza.accumulate.AccumulatorConfig.Output;
import io.cadenza.accumulate.Adoption;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.KeyTable;
import io.cadenza.accumulate.Tick;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Reasons;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One shard of a statsd accumulator: the series whose name's hash, {@link
 * io.cadenza.format.StatsdName#hash}, falls to it.
 *
 * <p>A key is read from the start of its line, blanks before it included, as node reads it.
 */
public final class StatsdAccumulator implements Accumulator {
  private final StatsdShared shared;
  private final int shard;
  private final FlushedLines lines;
  private final AccumulatorMeters meters;
  private final Reasons invalid;
  private final int[] hashes = new int[KeyTable.AHEAD];
  private final int[] wholeHashes = new int[KeyTable.AHEAD];
  private final SeriesStore store;
  private final LineTaker taker;
  private final Flusher flusher;

  /** Nobody reads it: but it has to be worked out. */
  int lookedAt;

  /**
   * @param shard which one it is, from 0
   */
  public StatsdAccumulator(
      StatsdShared shared, int shard, FlushedLines lines, AccumulatorMeters meters) {
    this.shared = shared;
    this.shard = shard;
    this.lines = lines;
    this.meters = meters;
    invalid = meters.invalid();
    store = new SeriesStore(shared, meters);
    SeriesLines out =
        shared.config.output() == Output.STATSD
            ? new StatsdSeries(shared.config, lines)
            : new GraphiteSeries(shared.config, lines, meters.notFinite);
    flusher = new Flusher(shared, shard, store, lines, out);
    taker = new LineTaker(shared, store, flusher, out, meters);
  }

  @Override
  public void take(LineBatch batch, long nowMillis) {
    int count = batch.count();
    taker.begin(batch.bytes(), nowMillis);
    long taken = 0;
    for (int i = 0; i < count; i += KeyTable.AHEAD) {
      taken += take(batch, i, Math.min(count - i, KeyTable.AHEAD));
    }
    meters.linesIn.add(count);
    meters.bytesIn.add(batch.size());
    meters.linesTaken.add(taken);
    meters.samples.add(taker.samples());
    if (taker.bad() > 0) {
      shared.internals.badLines(taker.bad());
    }
    if (taker.emitted()) {
      lines.send();
    }
  }

  /**
   * Takes some lines, whose keys are looked for together; answers how many were taken. The lines
   * too may have to come from far: another core has written them.
   */
  private int take(LineBatch batch, int first, int count) {
    byte[] bytes = batch.bytes();
    boolean known = batch.hashed();
    int seen = 0;
    for (int i = 0; i < count; i++) {
      int line = first + i;
      hashes[i] =
          known ? batch.hash(line) : store.nameHash(bytes, batch.start(line), batch.keyEnd(line));
      seen += bytes[batch.start(line)] + bytes[batch.end(line)];
      wholeHashes[i] = store.likelyHash(hashes[i], bytes, batch.keyEnd(line), batch.end(line));
    }
    lookedAt = seen;
    store.lookAhead(wholeHashes, count);
    int taken = 0;
    for (int i = 0; i < count; i++) {
      int line = first + i;
      if (taker.take(batch.start(line), batch.keyEnd(line), batch.end(line), hashes[i])) {
        taken++;
      } else {
        refused(taker.why());
      }
    }
    return taken;
  }

  private void refused(Invalid why) {
    if (why != null) {
      invalid.add(why, 1);
    } else {
      taker.noRoom().increment();
    }
  }

  @Override
  public void flush(Tick tick) {
    meters.flushes.increment();
    if (flusher.begin(tick)) {
      meters.flushesMerged.increment();
    }
  }

  @Override
  public boolean emit(int most) {
    return flusher.emit(most);
  }

  @Override
  public long keys() {
    return store.count();
  }

  /** What the shard holds, for who looks at it or deletes some of it. On the shard's thread. */
  public Holdings holdings() {
    return new Holdings(store);
  }

  @Override
  public void handOver(DataOutput out) throws IOException {
    meters.handedOver.add(HandOver.write(store, out));
  }

  @Override
  public Adoption adopt(DataInput in) {
    return new HandOver.Reading(shared, store, shard, in, meters);
  }
}
