package io.cadenza.bus;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What routers and the shards of one accumulator share: the bound of the way to each shard, and
 * what routers saw come in for it. Routers write what they saw, shards read it; any thread.
 */
public final class AccumulatorState {
  /** Is told of what comes in for an accumulator, on the threads of the routers. */
  public interface Seen {
    /** Where nobody wants to know. */
    Seen NOBODY = (packets, lines, refused) -> {};

    /** The arguments of {@link AccumulatorState#came}. */
    void came(long packets, long lines, long refused);
  }

  private final String name;
  private final int generation;
  private final boolean cleansNames;
  private final List<Window> windows;
  private final Seen seen;
  private volatile Leave leave;
  private volatile boolean ended;

  /**
   * @param name as in metrics and logs
   * @param shards how many
   * @param queueBytes the bound of the way to each
   * @param cleansNames whether names that differ in what node statsd cleans away are one
   * @param seen is told of what routers see come in
   * @param generation tells accumulators apart that have the same name for a while, as one takes
   *     the place of another
   */
  public AccumulatorState(
      String name, int shards, long queueBytes, boolean cleansNames, Seen seen, int generation) {
    this.name = name;
    this.cleansNames = cleansNames;
    this.seen = seen;
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

  /** How many shards there are: a key belongs to the one that its hash falls to. */
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
    seen.came(packets, lines, refused);
  }

  /** Says how long a stop may take; before the shards are told to. */
  public void leave(Leave now) {
    leave = now;
  }

  /** How long a stop may take; null before. */
  public Leave leave() {
    return leave;
  }

  /** From now on nobody takes what is sent to the shards; before they are told to stop. */
  public void end() {
    ended = true;
  }

  /** Whether nobody takes what is sent to the shards any more. */
  public boolean ended() {
    return ended;
  }
}
