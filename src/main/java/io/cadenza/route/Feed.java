package io.cadenza.route;

import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.Window;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.StatsdName;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.LineSelection;
import io.cadenza.line.PlainKey;
import io.cadenza.line.Shards;
import io.cadenza.line.Shelf;
import java.util.Arrays;
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

  /** Fewer bytes for a shard are copied: messages cost too, and there may be more in this turn. */
  static final int LEAST_SHARED = 16 * 1024;

  /**
   * So many times its even share of a batch's array may what one shard holds of it keep in memory.
   */
  private static final int MOST_KEPT = 4;

  /** Batches for one shard that are under way. */
  private static final int SHELF = 4;

  private final AccumulatorState state;
  private final LineFormat format;
  private final BiConsumer<Integer, LineBatch> exit;
  private final LineBatch.Builder[] open;
  private final LineSelection[] chosen;
  private final Shelf shelf;
  private final int leastPart;
  private final boolean hashes;
  private final PlainKey key = new PlainKey();
  private int hash;
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
    this.chosen = new LineSelection[state.shards()];
    this.shelf = new Shelf(SHELF * state.shards());
    Arrays.setAll(chosen, i -> new LineSelection(shelf));
    this.leastPart = MOST_KEPT * state.shards();
    this.hashes = state.cleansNames();
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

  /**
   * The shard of a line's key: of all that become one series, the same. Where names are hashed on
   * the way, {@link #hash} is that of this line afterwards.
   */
  private int shard(byte[] bytes, int start, int keyStart, int keyEnd) {
    int shards = open.length;
    if (!hashes) {
      return shards == 1 ? 0 : Shards.of(bytes, keyStart, keyEnd, shards);
    }
    if (shards == 1) {
      hash = Shards.fold(Shards.hash(bytes, start, keyEnd));
      return 0;
    }
    key.read(bytes, start, keyEnd);
    hash = Shards.fold(key.hash());
    return start == keyStart && key.plain()
        ? Shards.of(key.hash(), shards)
        : StatsdName.shard(bytes, keyStart, keyEnd, shards);
  }

  /** The shard of a line with another head. */
  int shard(byte[] head) {
    return Shards.ofRule(head, 0, head.length, open.length);
  }

  /**
   * Sends neighbouring lines to the shards of their keys. What is much for a shard shares the bytes
   * of the batch; little is copied to what else comes in this turn.
   */
  void take(LineBatch batch, int first, int last) {
    byte[] bytes = batch.bytes();
    for (int line = first; line <= last; line++) {
      int start = batch.start(line);
      int shard = shard(bytes, start, batch.keyStart(line), batch.keyEnd(line));
      chosen[shard].add(batch, line, hash);
    }
    lines += last + 1 - first;
    for (int shard = 0; shard < chosen.length; shard++) {
      if (chosen[shard].count() > 0) {
        take(shard, chosen[shard], batch);
      }
    }
  }

  private void take(int shard, LineSelection some, LineBatch from) {
    if (some.size() >= LEAST_SHARED && some.size() >= from.bytes().length / leastPart) {
      flush(shard);
      exit.accept(shard, some.freeze(from));
    } else {
      some.copyTo(open(shard, some.size()), from);
    }
  }

  /**
   * Sends a line to the shard of its key.
   *
   * @param end where its newline is
   */
  void take(byte[] bytes, int start, int keyStart, int keyEnd, int end) {
    int shard = shard(bytes, start, keyStart, keyEnd);
    LineBatch.Builder batch = open(shard, end - start + 1);
    batch.line(bytes, start, keyStart, keyEnd, end);
    if (hashes) {
      batch.hash(hash);
    }
    lines++;
  }

  /**
   * Sends a line with another head to the shard of that.
   *
   * @param head the other head, and its shard
   * @param keyEnd where the rest of the line begins, which is kept
   * @param end where its newline is
   */
  void take(Head head, byte[] bytes, int keyEnd, int end) {
    byte[] first = head.bytes();
    int rest = end - keyEnd + 1;
    int size = first.length + rest;
    LineBatch.Builder batch = open(head.shard(), size);
    int at = batch.length();
    byte[] into = batch.reserve(size);
    System.arraycopy(first, 0, into, at, first.length);
    System.arraycopy(bytes, keyEnd, into, at + first.length, rest);
    long key = LineFormat.span(at + Shards.RULE_BYTES, at + first.length);
    batch.line(at, key, at + size - 1);
    batch.advance(size);
    lines++;
  }

  private LineBatch.Builder open(int shard, int size) {
    LineBatch.Builder batch = open[shard];
    if (batch == null) {
      batch = new LineBatch.Builder(format, BATCH, shelf);
      open[shard] = batch;
    } else if (batch.count() > 0 && batch.room() < size) {
      exit.accept(shard, batch.freeze());
    }
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
      flush(i);
    }
  }

  private void flush(int shard) {
    if (open[shard] != null && open[shard].count() > 0) {
      exit.accept(shard, open[shard].freeze());
    }
  }
}
