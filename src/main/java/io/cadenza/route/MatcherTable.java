package io.cadenza.route;

import io.cadenza.line.Bytes;
import io.cadenza.match.PatternException;
import io.cadenza.match.PatternSet;
import io.cadenza.route.MatcherConfig.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Many matchers, all evaluated in one pass over a key (two, where some see the tags).
 *
 * <p>What a key is like is told by a small number, its outcome: keys of one outcome are alike to
 * every matcher here, so that a caller decides once for each outcome. Belongs to one thread.
 */
final class MatcherTable {
  private final List<MatcherConfig> matchers;
  private final PatternSet names;
  private final PatternSet tagged;
  private final int[][] atoms;
  private int[][] pairs = new int[16][];
  private int[] pairName = new int[16];
  private int[] pairTagged = new int[16];
  private int pairCount;
  private int nowName;
  private int nowTagged;

  private MatcherTable(Builder builder, Function<PatternSet.Builder, PatternSet> build) {
    this.matchers = builder.matchers;
    this.names = builder.usesNames ? build.apply(builder.names) : null;
    this.tagged = builder.usesTagged ? build.apply(builder.tagged) : null;
    this.atoms = builder.atoms.toArray(new int[0][]);
  }

  /** Whether every key is alike. */
  boolean indifferent() {
    return names == null && tagged == null;
  }

  /**
   * What the key is like, from 0; or {@link PatternSet#UNCACHED}, for which nothing may be kept and
   * {@link #holds} answers until the next call.
   */
  int outcome(byte[] bytes, int keyStart, int keyEnd) {
    if (indifferent()) {
      return 0;
    }
    int name =
        names == null ? 0 : names.match(bytes, keyStart, Bytes.nameEnd(bytes, keyStart, keyEnd));
    return tagged == null ? name : pair(name, tagged.match(bytes, keyStart, keyEnd));
  }

  /** One number for an outcome of names and one of names with tags. */
  private int pair(int name, int tag) {
    nowName = name;
    nowTagged = tag;
    if (name == PatternSet.UNCACHED || tag == PatternSet.UNCACHED) {
      return PatternSet.UNCACHED;
    }
    if (name >= pairs.length) {
      pairs = Arrays.copyOf(pairs, Math.max(pairs.length * 2, name + 1));
    }
    int[] row = pairs[name];
    if (row == null || tag >= row.length) {
      row = widened(row, tag);
      pairs[name] = row;
    }
    if (row[tag] < 0 && pairCount < PatternSet.UNCACHED) {
      row[tag] = add(name, tag);
    }
    return row[tag] < 0 ? PatternSet.UNCACHED : row[tag];
  }

  private static int[] widened(int[] row, int tag) {
    int old = row == null ? 0 : row.length;
    int[] wide = row == null ? new int[tag + 8] : Arrays.copyOf(row, Math.max(old * 2, tag + 1));
    Arrays.fill(wide, old, wide.length, -1);
    return wide;
  }

  private int add(int name, int tag) {
    if (pairCount == pairName.length) {
      pairName = Arrays.copyOf(pairName, pairCount * 2);
      pairTagged = Arrays.copyOf(pairTagged, pairCount * 2);
    }
    pairName[pairCount] = name;
    pairTagged[pairCount] = tag;
    return pairCount++;
  }

  /** Whether a matcher holds for the keys of an outcome. */
  boolean holds(int matcher, int outcome) {
    MatcherConfig config = matchers.get(matcher);
    PatternSet set = config.tags() ? tagged : names;
    int own = outcome;
    if (tagged != null) {
      boolean now = outcome == PatternSet.UNCACHED;
      int name = now ? nowName : pairName[outcome];
      int tag = now ? nowTagged : pairTagged[outcome];
      own = config.tags() ? tag : name;
    }
    for (int i = 0; i < atoms[matcher].length; i++) {
      boolean found = set.matched(own, atoms[matcher][i]);
      if (found == config.conditions().get(i).kind().negated()) {
        return false;
      }
    }
    return true;
  }

  long bytes() {
    return sum(PatternSet::bytes);
  }

  long mostBytes() {
    return sum(PatternSet::mostBytes);
  }

  long states() {
    return sum(PatternSet::states);
  }

  long mostStates() {
    return sum(PatternSet::mostStates);
  }

  private long sum(ToLongFunction<PatternSet> figure) {
    return Stream.of(names, tagged).filter(Objects::nonNull).mapToLong(figure).sum();
  }

  /**
   * Finds out whether a condition can be used.
   *
   * @throws PatternException when it can't, with the reason
   */
  static void check(Condition condition) {
    Builder.add(new PatternSet.Builder(), condition);
  }

  /** Collects matchers. */
  static final class Builder {
    private final List<MatcherConfig> matchers = new ArrayList<>();
    private final List<int[]> atoms = new ArrayList<>();
    private final PatternSet.Builder names = new PatternSet.Builder();
    private final PatternSet.Builder tagged = new PatternSet.Builder();
    private boolean usesNames;
    private boolean usesTagged;

    /**
     * Adds a matcher and answers its index.
     *
     * @throws PatternException when a regex is malformed or too large
     */
    int add(MatcherConfig config) {
      PatternSet.Builder set = config.tags() ? tagged : names;
      int[] own = new int[config.conditions().size()];
      for (int i = 0; i < own.length; i++) {
        own[i] = add(set, config.conditions().get(i));
      }
      usesNames |= own.length > 0 && !config.tags();
      usesTagged |= own.length > 0 && config.tags();
      matchers.add(config);
      atoms.add(own);
      return matchers.size() - 1;
    }

    private static int add(PatternSet.Builder set, Condition condition) {
      return switch (condition.kind()) {
        case PREFIX, NOT_PREFIX -> set.prefix(condition.text());
        case SUBSTRING, NOT_SUBSTRING -> set.substring(condition.text());
        case REGEX, NOT_REGEX -> set.regex(condition.text());
      };
    }

    MatcherTable build() {
      return new MatcherTable(this, PatternSet.Builder::build);
    }

    MatcherTable build(CacheLimits limits) {
      return new MatcherTable(
          this, set -> set.build(limits.matcherStates(), limits.matcherBytes()));
    }
  }
}
