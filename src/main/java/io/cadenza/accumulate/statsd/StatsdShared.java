package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.KeyRoom;
import java.time.InstantSource;

/** What the shards of one statsd accumulator share. Thread-safe. */
public final class StatsdShared {
  final AccumulatorConfig common;
  final StatsdConfig config;
  final int shards;
  final KeyRoom room;
  final SampleRoom samples;
  final StatsdInternals internals;

  /**
   * @param shards how many there are
   */
  public StatsdShared(
      AccumulatorConfig common, StatsdConfig config, int shards, InstantSource clock) {
    this.common = common;
    this.config = config;
    this.shards = shards;
    room = common.room();
    samples = new SampleRoom(config.exactSamples(), config.exactSamplesMemory());
    internals = new StatsdInternals(config, flushSeconds(), shards, clock);
  }

  double flushSeconds() {
    return common.flush().toMillis() / 1000.0;
  }

  /** The bound on keys. */
  public KeyRoom room() {
    return room;
  }

  /** What it tells about itself, to be told of packets, lines and bad ones. */
  public StatsdInternals internals() {
    return internals;
  }

  /** Bytes of samples that its timers keep. */
  public long sampleBytes() {
    return samples.bytes();
  }
}
