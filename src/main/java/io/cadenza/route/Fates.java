package io.cadenza.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadenza.line.Bytes;
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
 * all matchers and rules. Bounded; forgets all when it is full. Belongs to one router.
 */
final class Fates {
  /** Different fates that are kept: one for each set of keys that the rules make. */
  private static final int MOST = 1 << 18;

  private static final int LONGEST_KEY = 64 * 1024;

  private final List<AggregateConfig> rules;
  private final KeyTemplate[] names;
  private final boolean[] tags;
  private final FateCache cache;
  private final Map<Made, Integer> numbers = new HashMap<>();
  private final List<Fate> fates = new ArrayList<>();
  private final byte[] made = new byte[LONGEST_KEY];

  Fates(List<AggregateConfig> rules, CacheLimits limits) {
    this.rules = rules;
    names = rules.stream().map(AggregateConfig::make).toArray(KeyTemplate[]::new);
    tags = new boolean[names.length];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = rules.get(i).match().tags();
    }
    cache = new FateCache(limits.aggregateBytes());
  }

  /** What became of the key before, or null. */
  Fate find(byte[] bytes, int keyStart, int keyEnd) {
    int number = cache.find(bytes, keyStart, keyEnd);
    return number < 0 ? null : fates.get(number);
  }

  /**
   * Finds out what becomes of a key, and remembers it.
   *
   * @param found what is done with lines of its outcome
   * @param kept what is done instead with one that goes no further, as it has the new key already
   * @param feed where what the rules make of it goes
   */
  Fate make(
      Decision found, Supplier<Decision> kept, byte[] bytes, int keyStart, int keyEnd, Feed feed) {
    Head[] heads = heads(found.rules, bytes, keyStart, keyEnd, feed);
    boolean same = anySame(heads, bytes, keyStart, keyEnd);
    if (same || !found.kept) {
      return new Fate(same ? kept.get() : found, heads);
    }
    return remembered(found, heads, bytes, keyStart, keyEnd);
  }

  private boolean anySame(Head[] heads, byte[] bytes, int keyStart, int keyEnd) {
    for (Head head : heads) {
      byte[] made = head.bytes();
      if (rules.get(head.rule()).dropSame()
          && Arrays.equals(made, Head.RULE_BYTES, made.length, bytes, keyStart, keyEnd)) {
        return true;
      }
    }
    return false;
  }

  private Fate remembered(Decision decision, Head[] heads, byte[] bytes, int keyStart, int keyEnd) {
    if (fates.size() == MOST) {
      fates.clear();
      numbers.clear();
      cache.clear();
    }
    Made key = new Made(decision, Arrays.asList(heads).stream().map(Made::text).toList());
    int number =
        numbers.computeIfAbsent(
            key,
            unknown -> {
              fates.add(new Fate(decision, heads));
              return fates.size() - 1;
            });
    cache.put(bytes, keyStart, keyEnd, number);
    return fates.get(number);
  }

  private Head[] heads(int[] rules, byte[] bytes, int keyStart, int keyEnd, Feed feed) {
    if (rules.length == 0) {
      return Fate.NO_HEADS;
    }
    int nameEnd = Bytes.nameEnd(bytes, keyStart, keyEnd);
    Head[] heads = new Head[rules.length];
    for (int i = 0; i < heads.length; i++) {
      int rule = rules[i];
      int size = names[rule].apply(bytes, keyStart, tags[rule] ? keyEnd : nameEnd, made);
      // No key and one that is too long go on nonetheless: the accumulator refuses and counts them.
      int length = size == KeyTemplate.NO_KEY ? 0 : size < 0 ? made.length : size;
      byte[] head = Head.bytes(rule, made, length);
      heads[i] = new Head(head, feed.shard(head));
    }
    return heads;
  }

  /** What fates are told apart by. */
  private record Made(Decision decision, List<String> heads) {
    private static String text(Head head) {
      return new String(head.bytes(), ISO_8859_1);
    }
  }
}
