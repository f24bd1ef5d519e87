package io.cadenza.route;

import io.cadenza.config.Settings;
import io.cadenza.match.PatternException;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions on a key, all of which must hold; none at all matches every key.
 *
 * @param tags whether the conditions see the tags too, or the name in front of them only
 */
public record MatcherConfig(List<Condition> conditions, boolean tags) {
  /** The matcher that matches every key. */
  public static final MatcherConfig ALL = new MatcherConfig(List.of(), false);

  /** One condition. */
  public record Condition(Kind kind, String text) {
    @Override
    public String toString() {
      return kind.key() + " \"" + text + '"';
    }
  }

  /** What a condition asks. */
  public enum Kind {
    PREFIX("prefix", false),
    NOT_PREFIX("not-prefix", true),
    SUBSTRING("substring", false),
    NOT_SUBSTRING("not-substring", true),
    REGEX("regex", false),
    NOT_REGEX("not-regex", true);

    private final String key;
    private final boolean negated;

    Kind(String key, boolean negated) {
      this.key = key;
      this.negated = negated;
    }

    /** Its word in configuration. */
    public String key() {
      return key;
    }

    boolean negated() {
      return negated;
    }
  }

  /** Reads a matcher from its block: every condition that is there must hold. */
  public static MatcherConfig read(Settings block, Settings defaults) {
    Settings s = block.withDefaults(defaults.block("match"));
    List<Condition> found = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (s.has(kind.key())) {
        Condition condition = new Condition(kind, s.text(kind.key()));
        check(condition, s);
        found.add(condition);
      }
    }
    return new MatcherConfig(List.copyOf(found), s.flag("tags"));
  }

  private static void check(Condition condition, Settings s) {
    try {
      MatcherTable.check(condition);
    } catch (PatternException wrong) {
      s.problem(condition.kind().key(), wrong.getMessage());
    }
  }

  @Override
  public String toString() {
    if (conditions.isEmpty()) {
      return "every key";
    }
    String all = String.join(" and ", conditions.stream().map(Condition::toString).toList());
    return tags ? all + " (with tags)" : all;
  }
}
