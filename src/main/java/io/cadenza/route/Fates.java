package io.cadenza.route;

import io.cadenza.line.Bytes;
import io.cadenza.line.LineBatch;
import io.cadenza.line.Shards;
import io.cadenza.match.FateCache;
import io.cadenza.match.KeyTemplate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What became of keys before, in a pipeline that aggregates: the hot path asks it once, instead of
 * all matchers and rules. Bounded in bytes: of keys the oldest are forgotten, and all when what
 * rules make of them is too much. Belongs to one router.
 */
final class Fates {
  /** Longer than any key that an accumulator takes: more of a new key need not be made. */
  private static final int LONGEST_KEY = 8 * 1024;

  private final List<AggregateConfig> rules;
  private final KeyTemplate[] names;
  private final boolean[] tags;
  private final FateCache cache;
  private final long most;
  private final Map<Fate, Integer> numbers = new HashMap<>();
  private final List<Fate> fates = new ArrayList<>();
  private final byte[] made = new byte[LONGEST_KEY];
  private final int[] found = new int[FateCache.GROUP];
  private long bytes;

  Fates(List<AggregateConfig> rules, CacheLimits limits) {
    this.rules = rules;
    names = rules.stream().map(AggregateConfig::make).toArray(KeyTemplate[]::new);
    tags = new boolean[names.length];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = rules.get(i).match().tags();
    }
    cache = new FateCache(limits.aggregateBytes());
    most = cache.most();
  }

  /** What became of the key before, or null. */
  Fate find(byte[] bytes, int keyStart, int keyEnd) {
    int number = cache.find(bytes, keyStart, keyEnd);
    return number < 0 ? null : fates.get(number);
  }

  /**
   * The same for the keys of neighbouring lines, in less time than one by one.
   *
   * @param count at most {@link FateCache#GROUP}
   */
  void find(LineBatch batch, int line, int count, Fate[] into) {
    cache.find(batch, line, count, found);
    for (int i = 0; i < count; i++) {
      into[i] = found[i] < 0 ? null : fates.get(found[i]);
    }
  }

  /**
   * Finds out what becomes of a key, and remembers it.
   *
   * @param decision what is done with lines of its outcome
   * @param same what is done instead with one that goes no further, as it has the new key already
   * @param feed where what the rules make of it goes
   */
  Fate make(
      Decision decision,
      Supplier<Decision> same,
      byte[] bytes,
      int keyStart,
      int keyEnd,
      Feed feed) {
    Head[] heads = heads(decision.rules, bytes, keyStart, keyEnd, feed);
    Decision taken = anySame(heads, bytes, keyStart, keyEnd) ? same.get() : decision;
    Fate fate = new Fate(taken, heads);
    return decision.kept ? remembered(fate, bytes, keyStart, keyEnd) : fate;
  }

  private boolean anySame(Head[] heads, byte[] bytes, int keyStart, int keyEnd) {
    for (Head head : heads) {
      byte[] made = head.bytes();
      if (rules.get(head.rule()).dropSame()
          && Arrays.equals(made, Shards.RULE_BYTES, made.length, bytes, keyStart, keyEnd)) {
        return true;
      }
    }
    return false;
  }

  private Fate remembered(Fate fate, byte[] key, int keyStart, int keyEnd) {
    Integer number = numbers.get(fate);
    if (number == null) {
      makeRoom(fate.bytes());
      number = fates.size();
      numbers.put(fate, number);
      fates.add(fate);
    }
    cache.put(key, keyStart, keyEnd, number);
    return fates.get(number);
  }

  private void makeRoom(int size) {
    if (bytes + size > most) {
      fates.clear();
      numbers.clear();
      cache.clear();
      bytes = 0;
    }
    bytes += size;
  }

  private Head[] heads(int[] rules, byte[] bytes, int keyStart, int keyEnd, Feed feed) {
    if (rules.length == 0) {
      return Fate.NO_HEADS;
    }
    int nameEnd = Bytes.nameEnd(bytes, keyStart, keyEnd);
    Head[] heads = new Head[rules.length];
    for (int i = 0; i < rules.length; i++) {
      int rule = rules[i];
      int size = names[rule].apply(bytes, keyStart, tags[rule] ? keyEnd : nameEnd, made);
      // No key and one that is too long go on too: the accumulator refuses and counts them.
      int length = size == KeyTemplate.TOO_LONG ? made.length : Math.max(0, size);
      byte[] head = Head.bytes(rule, made, length);
      heads[i] = new Head(head, feed.shard(head));
    }
    return heads;
  }

  /** Bytes that it holds. */
  long bytes() {
    return cache.bytes() + bytes;
  }

  /** Bytes that it may hold. */
  long mostBytes() {
    return cache.most() + most;
  }
}
