package io.cadenza.line;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Which shard of an accumulator a line belongs to: asked by the router for every line, and by the
 * shards for what a predecessor left. Any thread.
 *
 * <p>The seed is a secret of the process, so that the same hash may find a key in a table: who
 * chooses keys can't choose those that are in one place. What a predecessor left is looked through
 * by all shards, and so need not lie where it was.
 */
public final class Shards {
  /** How many bytes in front of a key say which aggregation rule has made it. */
  public static final int RULE_BYTES = 2;

  /** How many rules can be told apart by those. */
  public static final int MOST_RULES = 1 << 8 * RULE_BYTES;

  static final long SEED = ThreadLocalRandom.current().nextLong();

  private Shards() {}

  /**
   * The shard of a key, by its name without tags: the order of tags does not matter.
   *
   * @return from 0 to below {@code shards}
   */
  public static int of(byte[] bytes, int keyStart, int keyEnd, int shards) {
    return of(hash(bytes, keyStart, Bytes.nameEnd(bytes, keyStart, keyEnd)), shards);
  }

  /** A hash of the name of a key: the same in all of the process. */
  public static long hash(byte[] bytes, int from, int to) {
    return Bytes.hash(bytes, from, to, SEED);
  }

  /** The shard of a name by its hash: the upper half says in which part of all hashes it is. */
  public static int of(long hash, int shards) {
    return (int) ((hash >>> 32) * shards >>> 32);
  }

  /** A hash in half of its bits: of all keys of one shard still any. */
  public static int fold(long hash) {
    return (int) (hash ^ hash >>> 32);
  }

  /** The number of the rule that the bytes in front of a key tell, the highest first. */
  public static int rule(byte[] bytes, int start) {
    return (bytes[start] & 0xff) << 8 | bytes[start + 1] & 0xff;
  }

  /**
   * The shard of a line of an aggregation rule: the bytes of the rule, then the key.
   *
   * @param start where the bytes of the rule are
   * @return from 0 to below {@code shards}
   */
  public static int ofRule(byte[] bytes, int start, int keyEnd, int shards) {
    int key = start + RULE_BYTES;
    long seed = SEED + ((long) rule(bytes, start) << 16);
    return of(Bytes.hash(bytes, key, Bytes.nameEnd(bytes, key, keyEnd), seed), shards);
  }
}
