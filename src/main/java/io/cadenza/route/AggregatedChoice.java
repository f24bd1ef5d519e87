package io.cadenza.route;

import io.cadenza.hash.HashRing;
import io.cadenza.line.Bytes;
import io.cadenza.match.FateCache;
import io.cadenza.match.KeyTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which members a ring chooses for a key that aggregation rules elsewhere will take: those of every
 * key that it is aggregated to, so that all parts of a sum meet; those of the key itself when no
 * rule takes it. carbon's aggregated-consistent-hashing. One thread.
 */
final class AggregatedChoice {
  /** So many different sets of members are remembered; beyond, all is forgotten. */
  private static final int MOST_CHOICES = 1 << 16;

  /** The longest key that a rule may make, in bytes; longer ones are as if there was no rule. */
  private static final int LONGEST_KEY = 64 * 1024;

  private final List<AggregateConfig> rules;
  private final MatcherTable matchers;
  private final KeyTemplate[] templates;
  private final FateCache cache;
  private final byte[] newKey = new byte[LONGEST_KEY];
  private final Map<List<Integer>, Integer> numbers = new HashMap<>();
  private final List<int[]> choices = new ArrayList<>();

  AggregatedChoice(List<AggregateConfig> rules, CacheLimits limits) {
    this.rules = rules;
    this.templates = rules.stream().map(AggregateConfig::make).toArray(KeyTemplate[]::new);
    MatcherTable.Builder builder = new MatcherTable.Builder();
    rules.forEach(rule -> builder.add(rule.match()));
    this.matchers = builder.build(limits);
    this.cache = new FateCache(limits.aggregateBytes());
  }

  /** As {@link Cluster#choose}: in the order of the rules, and no member twice. */
  int choose(HashRing ring, byte[] bytes, int keyStart, int keyEnd, int[] into) {
    int fate = cache.find(bytes, keyStart, keyEnd);
    int[] members =
        fate == FateCache.MISSING ? decide(ring, bytes, keyStart, keyEnd) : choices.get(fate);
    System.arraycopy(members, 0, into, 0, members.length);
    return members.length;
  }

  /** Forgets all, as the ring is another one. */
  void forget() {
    cache.clear();
    numbers.clear();
    choices.clear();
  }

  private int[] decide(HashRing ring, byte[] bytes, int keyStart, int keyEnd) {
    Set<Integer> members = new LinkedHashSet<>();
    int[] some = new int[ring.width()];
    boolean any = false;
    int outcome = matchers.outcome(bytes, keyStart, keyEnd);
    for (int rule = 0; rule < templates.length; rule++) {
      int length = newKey(rule, outcome, bytes, keyStart, keyEnd);
      if (length > 0) {
        any = true;
        add(members, some, ring.replicas(newKey, 0, length, some));
      }
    }
    if (!any) {
      add(members, some, ring.replicas(bytes, keyStart, keyEnd, some));
    }
    return remember(List.copyOf(members), bytes, keyStart, keyEnd);
  }

  private static void add(Set<Integer> members, int[] some, int count) {
    for (int i = 0; i < count; i++) {
      members.add(some[i]);
    }
  }

  /** The length of the key that a rule makes, or a negative number when it makes none. */
  private int newKey(int rule, int outcome, byte[] bytes, int keyStart, int keyEnd) {
    if (!matchers.holds(rule, outcome)) {
      return KeyTemplate.NO_KEY;
    }
    boolean tags = rules.get(rule).match().tags();
    int end = tags ? keyEnd : Bytes.nameEnd(bytes, keyStart, keyEnd);
    return templates[rule].apply(bytes, keyStart, end, newKey);
  }

  private int[] remember(List<Integer> members, byte[] bytes, int keyStart, int keyEnd) {
    Integer known = numbers.get(members);
    if (known == null) {
      if (choices.size() == MOST_CHOICES) {
        forget();
      }
      known = choices.size();
      numbers.put(members, known);
      choices.add(members.stream().mapToInt(Integer::intValue).toArray());
    }
    cache.put(bytes, keyStart, keyEnd, known);
    return choices.get(known);
  }

  /** The keys that a key is aggregated to, for display. */
  List<String> newKeys(byte[] bytes, int keyStart, int keyEnd) {
    List<String> all = new ArrayList<>();
    int outcome = matchers.outcome(bytes, keyStart, keyEnd);
    for (int rule = 0; rule < templates.length; rule++) {
      int length = newKey(rule, outcome, bytes, keyStart, keyEnd);
      if (length > 0) {
        String key = new String(newKey, 0, length, StandardCharsets.UTF_8);
        all.add(key.replace(String.valueOf((char) KeyTemplate.FUNCTION), "${function}"));
      }
    }
    return all;
  }

  long bytes() {
    return cache.bytes();
  }

  long mostBytes() {
    return cache.most();
  }

  /** What finds the rules. */
  MatcherTable matchers() {
    return matchers;
  }
}
