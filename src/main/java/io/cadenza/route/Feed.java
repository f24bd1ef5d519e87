package io.cadenza.route;

import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.Window;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.StatsdName;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Shards;
import java.util.function.BiConsumer;

/**
 * A router's end of the way to the shards of one accumulator: an open batch for each, and whether
 * there is room.
 *
 * <p>Belongs to the router's thread. A batch goes off when it is full or when the router is told to
 * flush, once for all that came in a turn of the event loop.
 */
final class Feed {
  /** Bytes a batch holds. */
  static final int BATCH = 64 * 1024;

  private final AccumulatorState state;
  private final LineFormat format;
  private final BiConsumer<Integer, LineBatch> exit;
  private final LineBatch.Builder[] open;
  private long lines;

  /**
   * @param format what the accumulator takes the lines for
   * @param exit takes a batch for a shard
   */
  Feed(AccumulatorState state, LineFormat format, BiConsumer<Integer, LineBatch> exit) {
    this.state = state;
    this.format = format;
    this.exit = exit;
    this.open = new LineBatch.Builder[state.shards()];
  }

  /** One that leads nowhere: for who wants to know where lines would go. */
  static Feed nowhere(String accumulator) {
    AccumulatorState state =
        new AccumulatorState(
            accumulator, 1, Long.MAX_VALUE, false, AccumulatorState.Seen.NOBODY, 0);
    return new Feed(state, new GraphiteFormat(), (shard, batch) -> {});
  }

  AccumulatorState state() {
    return state;
  }

  /** Whether a shard has no room now, so that lines have to wait. */
  boolean blocks() {
    return obstacle() != null;
  }

  /** The way that has no room, or null; none has to wait for one who takes nothing any more. */
  Window obstacle() {
    if (state.ended()) {
      return null;
    }
    for (int i = 0; i < open.length; i++) {
      if (state.window(i).full()) {
        return state.window(i);
      }
    }
    return null;
  }

  /** The shard of a key: of all that become one series, the same. */
  int shard(byte[] bytes, int keyStart, int keyEnd) {
    if (open.length == 1) {
      return 0;
    }
    return state.cleansNames()
        ? StatsdName.shard(bytes, keyStart, keyEnd, open.length)
        : Shards.of(bytes, keyStart, keyEnd, open.length);
  }

  /** The shard of a line with another head. */
  int shard(byte[] head) {
    return Shards.ofRule(head, 0, head.length, open.length);
  }

  /**
   * Sends a line to the shard of its key.
   *
   * @param end where its newline is
   */
  void take(byte[] bytes, int start, int keyStart, int keyEnd, int end, Object sender) {
    int size = end - start + 1;
    LineBatch.Builder batch = open(shard(bytes, keyStart, keyEnd), size, sender);
    int at = batch.length();
    System.arraycopy(bytes, start, batch.reserve(size), at, size);
    int moved = at - start;
    batch.line(at, LineFormat.span(keyStart + moved, keyEnd + moved), end + moved);
    batch.advance(size);
    lines++;
  }

  /**
   * Sends a line with another head to the shard of that.
   *
   * @param head the other head, and its shard
   * @param keyEnd where the rest of the line begins, which is kept
   * @param end where its newline is
   */
  void take(Head head, byte[] bytes, int keyEnd, int end, Object sender) {
    byte[] first = head.bytes();
    int rest = end - keyEnd + 1;
    int size = first.length + rest;
    LineBatch.Builder batch = open(head.shard(), size, sender);
    int at = batch.length();
    byte[] into = batch.reserve(size);
    System.arraycopy(first, 0, into, at, first.length);
    System.arraycopy(bytes, keyEnd, into, at + first.length, rest);
    long key = LineFormat.span(at + Shards.RULE_BYTES, at + first.length);
    batch.line(at, key, at + size - 1);
    batch.advance(size);
    lines++;
  }

  private LineBatch.Builder open(int shard, int size, Object sender) {
    LineBatch.Builder batch = open[shard];
    if (batch == null) {
      batch = new LineBatch.Builder(format, BATCH);
      open[shard] = batch;
    } else if (batch.count() > 0 && batch.room() < size) {
      exit.accept(shard, batch.freeze());
    }
    batch.sender(sender);
    return batch;
  }

  /** So much came to the pipeline that has this; see {@link AccumulatorState#came}. */
  void came(long packets, long refused) {
    state.came(packets, lines, refused);
    lines = 0;
  }

  /** Sends the open batches off. */
  void flush() {
    if (lines > 0) {
      came(0, 0);
    }
    for (int i = 0; i < open.length; i++) {
      if (open[i] != null && open[i].count() > 0) {
        exit.accept(i, open[i].freeze());
      }
    }
  }
}
