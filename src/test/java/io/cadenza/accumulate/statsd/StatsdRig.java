package io.cadenza.accumulate.statsd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.FlushedLines;
import io.cadenza.accumulate.Tick;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.StatsdFormat;
import io.cadenza.format.StatsdName;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A whole statsd accumulator with all its shards, fed and flushed by hand. */
final class StatsdRig {
  static final long START = 1_700_000_000_000L;

  final List<StatsdAccumulator> shards = new ArrayList<>();
  final List<FlushedLines> outs = new ArrayList<>();
  final Meters all = new Meters(new SimpleMeterRegistry());
  final AccumulatorMeters meters = new AccumulatorMeters(all, "t");
  final StatsdShared shared;
  final LineFormat format = new StatsdFormat();
  private final List<LineBatch> batches = new ArrayList<>();
  boolean room = true;
  long now = START;

  /**
   * @param conf keys of {@code accumulate}
   */
  StatsdRig(int count, String... conf) {
    Settings read =
        Configuration.read("a { format = statsd, " + String.join(", ", conf) + " }", "c");
    Settings defaults = read.block("defaults");
    Settings s = read.block("a").withDefaults(defaults.block("accumulate"));
    AccumulatorConfig common = AccumulatorConfig.read("t", s, Duration.ofSeconds(10));
    StatsdConfig config = StatsdConfig.read(s, defaults);
    read.problems().throwIfAny();
    shared = new StatsdShared(common, config, count, () -> Instant.ofEpochMilli(now));
    boolean again = config.output() == AccumulatorConfig.Output.STATSD;
    for (int i = 0; i < count; i++) {
      FlushedLines out =
          new FlushedLines(again ? format : new GraphiteFormat(), "test", this::flushed);
      outs.add(out);
      shards.add(new StatsdAccumulator(shared, i, out, meters));
    }
  }

  private boolean flushed(LineBatch batch) {
    batches.add(batch);
    return room;
  }

  /** How many lines the shards refused for that reason. */
  long invalid(Invalid reason) {
    return all.scope("accumulator", "t").counter("invalid", "reason", reason.label(), "").sum();
  }

  /** One datagram. */
  void packet(String text) {
    packet(text.getBytes(UTF_8));
  }

  void packet(byte[] bytes) {
    shared.internals().packets(1, now);
    List<LineBatch.Builder> builders = new ArrayList<>();
    shards.forEach(shard -> builders.add(new LineBatch.Builder(format, 4096)));
    int start = 0;
    while (start <= bytes.length) {
      int newline = Bytes.indexOf(bytes, start, bytes.length, (byte) '\n');
      int end = newline < 0 ? bytes.length : newline;
      if (end > start) {
        line(builders, bytes, start, end);
      }
      start = end + 1;
    }
    for (int i = 0; i < shards.size(); i++) {
      if (builders.get(i).count() > 0) {
        shards.get(i).take(builders.get(i).freeze(), now);
      }
    }
  }

  private void line(List<LineBatch.Builder> builders, byte[] bytes, int start, int end) {
    shared.internals().metrics(1);
    long key = format.key(bytes, start, end);
    if (key < 0) {
      shared.internals().badLines(1);
      return;
    }
    int shard = StatsdName.shard(bytes, start, (int) key, shards.size());
    builders.get(shard).add(bytes, start, end);
  }

  /** Flushes all that is due after one interval. */
  List<String> flush() {
    return flush(1);
  }

  List<String> flush(int intervals) {
    begin(intervals);
    shards.forEach(shard -> shard.emit(Integer.MAX_VALUE));
    return lines();
  }

  void begin(int intervals) {
    now += shared.common.flush().toMillis() * intervals;
    shards.forEach(shard -> shard.flush(new Tick(now, intervals, now, false)));
  }

  /** What came out since the last time, as {@code name value} or as statsd's lines. */
  List<String> lines() {
    outs.forEach(FlushedLines::send);
    List<String> lines = new ArrayList<>();
    for (LineBatch batch : batches) {
      for (int i = 0; i < batch.count(); i++) {
        int from = batch.start(i);
        String line = new String(batch.bytes(), from, batch.end(i) - from, ISO_8859_1);
        String stamp = " " + now / 1000;
        lines.add(line.endsWith(stamp) ? line.substring(0, line.length() - stamp.length()) : line);
      }
    }
    batches.clear();
    return lines;
  }

  /** Flushes, and leaves out what it says of itself. */
  List<String> series() {
    return flush().stream().filter(line -> !line.contains("statsd.")).toList();
  }
}
