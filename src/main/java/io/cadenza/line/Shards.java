package io.cadenza.line;

/**
 * Which shard of an accumulator a line belongs to: asked by the router for every line, and by the
 * shards for what a predecessor left. Any thread.
 *
 * <p>The seed is fixed, as the same key has to be found in the same shard by another process.
 */
public final class Shards {
  /** The seed of {@code StatsdName.hash} too, so that clean names are where that puts them. */
  private static final long SEED = 0x5DEECE66DL;

  private Shards() {}

  /**
   * The shard of a key, by its name without tags: the order of tags does not matter.
   *
   * @return from 0 to below {@code shards}
   */
  public static int of(byte[] bytes, int keyStart, int keyEnd, int shards) {
    return of(bytes, keyStart, keyEnd, shards, SEED);
  }

  /**
   * The shard of a line of an aggregation rule: two bytes of rule, then the key.
   *
   * @param start where the two bytes are
   * @return from 0 to below {@code shards}
   */
  public static int ofRule(byte[] bytes, int start, int keyEnd, int shards) {
    long rule = (bytes[start] & 0xff) << 8 | bytes[start + 1] & 0xff;
    return of(bytes, start + 2, keyEnd, shards, SEED + (rule << 16));
  }

  private static int of(byte[] bytes, int from, int to, int shards, long seed) {
    long hash = Bytes.hash(bytes, from, Bytes.nameEnd(bytes, from, to), seed);
    return (int) Long.remainderUnsigned(hash, shards);
  }
}
