package io.cadenza.bus;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * What routers and the shards of one accumulator share: the bound of the way to each shard, and
 * what routers saw come in for it. Routers write what they saw, shards read it; any thread.
 */
public final class AccumulatorState {
  private final String name;
  private final int generation;
  private final boolean cleansNames;
  private final List<Window> windows;
  private final LongAdder packets = new LongAdder();
  private final LongAdder lines = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile Leave leave;

  /**
   * @param name as in metrics and logs
   * @param shards how many
   * @param queueBytes the bound of the way to each
   * @param cleansNames whether names that differ in what node statsd cleans away are one
   * @param generation tells accumulators apart that have the same name for a while, as one takes
   *     the place of another
   */
  public AccumulatorState(
      String name, int shards, long queueBytes, boolean cleansNames, int generation) {
    this.name = name;
    this.cleansNames = cleansNames;
    this.generation = generation;
    this.windows = IntStream.range(0, shards).mapToObj(i -> new Window(queueBytes)).toList();
  }

  public String name() {
    return name;
  }

  /** Whether names that differ in what node statsd cleans away are one. */
  public boolean cleansNames() {
    return cleansNames;
  }

  /** How many shards there are: a key belongs to the one of its hash modulo this. */
  public int shards() {
    return windows.size();
  }

  /** The bound of the way to a shard. */
  public Window window(int shard) {
    return windows.get(shard);
  }

  /** Where a shard takes its lines on the event bus. */
  public String address(int shard) {
    return Address.accumulator(name, generation, shard);
  }

  /**
   * A router has seen so much come in.
   *
   * @param packets pieces that senders sent at once
   * @param lines those that were sent on to shards
   * @param refused those that were not
   */
  public void came(long packets, long lines, long refused) {
    this.packets.add(packets);
    this.lines.add(lines);
    this.refused.add(refused);
  }

  /** All pieces that came, ever. */
  public long packets() {
    return packets.sum();
  }

  /** All lines that were sent on to shards, ever. */
  public long lines() {
    return lines.sum();
  }

  /** All lines that were not, ever. */
  public long refused() {
    return refused.sum();
  }

  /** Says how long a stop may take; before the shards are told to. */
  public void leave(Leave now) {
    leave = now;
  }

  /** How long a stop may take; null before. */
  public Leave leave() {
    return leave;
  }
}
