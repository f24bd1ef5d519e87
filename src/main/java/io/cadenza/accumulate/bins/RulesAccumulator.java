package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.Accumulator;
import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.Adoption;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.KeyTable;
import io.cadenza.accumulate.Tick;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.Sample;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.line.Shards;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Tally;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * One shard of the aggregation rules of a pipeline.
 *
 * <p>A line that comes here begins with two bytes, the place of its rule in the list, the higher
 * first; then follows a line of graphite whose key the rule has made. Its interval, by the line's
 * own time, is computed at the first tick at which it has ended and its rule has waited long enough
 * for what comes late; it stays for a while, to be computed anew when something comes even later.
 * Keys of two rules are never one series, though they may be the same.
 */
public final class RulesAccumulator implements Accumulator {
  private final Rule[] rules;
  private final boolean forgetIdle;
  private final KeyRoom room;
  private final ValueRoom values;
  private final AccumulatorMeters meters;
  private final Losses losses;
  private final RuleLines lines;
  private final KeyTable<RuleSeries> table = new KeyTable<>();
  private final Hand<RuleSeries> hand = new Hand<>(table, RuleSeries::isIdle);
  private final Walk walk = new Walk();
  private final Sample sample = new Sample();
  private final RuleTransfer transfer;
  private Tick due = new Tick(0, 1, 0, false);

  /** When there is something to do for a key, at the earliest. */
  private long next = Long.MAX_VALUE;

  /**
   * @param rules at most 65 536
   * @param room the bound of all shards together: each interval of each key counts
   * @param values the bound of the values that all shards keep for percentiles
   * @param ways where what is computed goes, as graphite: one for each rule, which may be the same
   * @param shard which one this is
   */
  public RulesAccumulator(
      List<RuleConfig> rules,
      AccumulatorConfig.OnMaxKeys onMaxKeys,
      KeyRoom room,
      ValueRoom values,
      AccumulatorMeters meters,
      List<FlushedLines> ways,
      int shard,
      int shards) {
    if (rules.size() > Shards.MOST_RULES) {
      throw new IllegalArgumentException("more than " + Shards.MOST_RULES + " rules");
    }
    this.rules = new Rule[rules.size()];
    for (int i = 0; i < this.rules.length; i++) {
      this.rules[i] = new Rule(rules.get(i), i);
    }
    this.forgetIdle = onMaxKeys == AccumulatorConfig.OnMaxKeys.FORGET_IDLE;
    this.room = room;
    this.values = values;
    this.meters = meters;
    this.losses = new Losses(meters);
    this.lines = new RuleLines(ways, meters);
    this.transfer = new RuleTransfer(this.rules, values, shard, shards);
  }

  @Override
  public void take(LineBatch batch, long nowMillis) {
    int taken = 0;
    for (int i = 0; i < batch.count(); i++) {
      taken += line(batch, i, nowMillis) ? 1 : 0;
    }
    meters.linesIn.add(batch.count());
    meters.bytesIn.add(batch.size());
    meters.linesTaken.add(taken);
    meters.samples.add(taken);
  }

  private boolean line(LineBatch batch, int i, long now) {
    byte[] b = batch.bytes();
    int from = batch.start(i);
    int keyEnd = batch.keyEnd(i);
    int end = batch.end(i);
    int place = Shards.rule(b, from);
    if (place >= rules.length || keyEnd <= from + Shards.RULE_BYTES) {
      losses.invalid(Invalid.KEY);
      return false;
    }
    if (keyEnd - from > AccumulatorConfig.LONGEST_KEY + Shards.RULE_BYTES) {
      losses.invalid(Invalid.TOO_LONG);
      return false;
    }
    if (!GraphiteFormat.parse(b, keyEnd, end, sample)) {
      losses.invalid(b, batch.keyStart(i), keyEnd, end);
      return false;
    }
    RuleBin bin = bin(rules[place], b, from, keyEnd, now);
    if (bin != null) {
      bin.add(sample.value(), sample.time());
    }
    return bin != null;
  }

  /** The bin that a line belongs to; null, and that is counted, when it comes too late, .... */
  private RuleBin bin(Rule rule, byte[] b, int from, int to, long now) {
    long millis = sample.time() * 1000;
    int hash = table.hash(b, from, to, to, to);
    RuleSeries series = table.find(hash, b, from, to, to, to, RuleSeries.KIND);
    RuleBin recent = series == null ? null : series.recent;
    if (recent != null && millis >= recent.start && millis - recent.start < rule.every) {
      return recent;
    }
    long start = rule.startOf(millis);
    RuleBin bin = series == null ? null : series.bins.find(start);
    Tally refused = refused(rule, start, bin, now);
    if (refused == null && bin == null) {
      bin = newBin(series, rule, b, from, to, hash, start);
      refused = bin == null ? losses.tooManyKeys : null;
    }
    if (refused != null) {
      refused.increment();
      return null;
    }
    if (series != null && !bin.computed) {
      series.recent = bin;
    }
    next = Math.min(next, rule.dueAt(start));
    return bin;
  }

  private Tally refused(Rule rule, long start, RuleBin bin, long now) {
    if (rule.isAhead(start, now)) {
      return losses.tooEarly;
    }
    boolean open = bin != null && !bin.computed;
    return open || rule.goneAt(start) > now ? null : losses.tooLate;
  }

  /** A new bin, of a new key if {@code known} is null; null when there is no room. */
  private RuleBin newBin(
      RuleSeries known, Rule rule, byte[] b, int from, int to, int hash, long start) {
    if (!take(to - from + rule.binBytes(), known)) {
      return null;
    }
    RuleSeries series = known;
    if (series == null) {
      series = new RuleSeries(Arrays.copyOfRange(b, from, to), hash, rule);
      series.looked = walk.epoch();
      table.add(series);
    }
    RuleBin bin = new RuleBin(start, rule.needsValues ? new Values(values) : null);
    series.bins.add(bin);
    return bin;
  }

  /** Takes room, if need be that of another key all of whose intervals were computed. */
  private boolean take(int size, RuleSeries asking) {
    if (room.take(size)) {
      return true;
    }
    RuleSeries idle = forgetIdle ? hand.find() : null;
    if (idle == null || idle == asking) {
      return false;
    }
    forget(idle);
    meters.forgotten.increment();
    return room.take(size);
  }

  private void forget(RuleSeries series) {
    for (int i = 0; i < series.bins.count(); i++) {
      drop(series, series.bins.at(i));
    }
    table.remove(series);
  }

  private void drop(RuleSeries series, RuleBin bin) {
    room.giveBack(series.binSize());
    bin.release();
  }

  @Override
  public void flush(Tick tick) {
    due = tick;
    if (tick.last() || next <= tick.nowMillis()) {
      next = Long.MAX_VALUE;
      meters.flushes.increment();
      if (!walk.begin(table.count())) {
        meters.flushesMerged.increment();
      }
    }
  }

  @Override
  public boolean emit(int most) {
    for (int looks = most; looks > 0; looks--) {
      int place = walk.next(table.count());
      if (place < 0) {
        return true;
      }
      if (!look(table.at(place))) {
        return false;
      }
      walk.done();
    }
    return walk.over();
  }

  /** Emits what is due of a key; false when there was no more room before the end. */
  private boolean look(RuleSeries series) {
    if (series.looked == walk.epoch()) {
      return true;
    }
    BinList<RuleBin> bins = series.bins;
    series.recent = null;
    boolean all = true;
    int kept = 0;
    for (int i = 0; i < bins.count(); i++) {
      RuleBin bin = bins.at(i);
      all &= lines.room(series.rule.place);
      if (all && look(series, bin)) {
        drop(series, bin);
      } else {
        bins.keep(kept++, bin);
      }
    }
    bins.truncate(kept);
    if (all) {
      series.looked = walk.epoch();
      if (kept == 0) {
        table.remove(series);
      }
    }
    return all;
  }

  /** Emits a bin if it is due; answers whether it can be forgotten. */
  private boolean look(RuleSeries series, RuleBin bin) {
    Rule rule = series.rule;
    long now = due.nowMillis();
    // One that is so far ahead was gathered before the clock was put back.
    boolean ahead = rule.isAhead(bin.start, now);
    boolean isDue = ahead || due.last() || rule.dueAt(bin.start) <= now;
    if (bin.changed && isDue) {
      lines.write(series, bin);
      bin.changed = false;
      bin.computed = true;
    }
    boolean gone = ahead || !bin.changed && rule.goneAt(bin.start) <= now;
    if (!gone) {
      next = Math.min(next, bin.changed ? rule.dueAt(bin.start) : rule.goneAt(bin.start));
    }
    return gone;
  }

  @Override
  public long keys() {
    return table.count();
  }

  @Override
  public void handOver(DataOutput out) throws IOException {
    transfer.write(table, out);
    meters.handedOver.add(table.count());
  }

  @Override
  public Adoption adopt(DataInput in) {
    return transfer.read(in, this::adopt, meters.notAdopted::add);
  }

  private void adopt(Rule rule, byte[] key, RuleBin earlier) {
    int hash = table.hash(key, 0, key.length, 0, 0);
    RuleSeries series = table.find(hash, key, 0, key.length, 0, 0, RuleSeries.KIND);
    RuleBin bin = series == null ? null : series.bins.find(earlier.start);
    if (bin == null) {
      bin = newBin(series, rule, key, 0, key.length, hash, earlier.start);
    }
    if (bin == null) {
      meters.notAdopted.increment();
    } else {
      bin.merge(earlier);
      next = Math.min(next, rule.dueAt(bin.start));
      meters.adopted.increment();
    }
  }
}
