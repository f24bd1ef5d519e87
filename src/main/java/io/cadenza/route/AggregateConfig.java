package io.cadenza.route;

import io.cadenza.config.Settings;
import io.cadenza.match.KeyTemplate;
import io.cadenza.match.PatternException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a router knows of one aggregation rule: which keys it takes, and to which key it aggregates
 * them. What is computed, and when, is the accumulator's.
 *
 * @param match all that must hold, what {@code regex} or {@code input} says included
 * @param regex whose groups {@code to} may have; null where {@code input} is given
 * @param input carbon's pattern, whose fields {@code to} may have; null where {@code regex} is
 *     given
 * @param to the template of the new key
 * @param dropRaw whether lines that match go no further themselves
 * @param dropSame whether a line that has the new key already goes no further, as with carbon
 * @param into names of pipelines and clusters that get what is computed; none for the routes of the
 *     pipeline whose rule it is
 */
public record AggregateConfig(
    MatcherConfig match,
    String regex,
    String input,
    String to,
    boolean dropRaw,
    boolean dropSame,
    List<String> into) {
  public AggregateConfig {
    into = List.copyOf(into);
  }

  /**
   * Reads one rule from its block.
   *
   * @param known whether a name is a cluster or a pipeline
   * @param all what is said of a name that is neither
   */
  static AggregateConfig read(Settings s, Settings defaults, Predicate<String> known, String all) {
    MatcherConfig match = MatcherConfig.read(s, defaults);
    String regex = s.textOr("regex", null);
    String input = s.textOr("input", null);
    String to = s.text("to");
    AggregateConfig config =
        new AggregateConfig(
            match, regex, input, to, s.flag("drop-raw"), false, into(s, known, all));
    if ((regex == null) == (input == null)) {
      s.problem("", "give either regex or input, carbon's pattern, for the keys it takes");
      return config;
    }
    boolean right = config.check(s);
    return right && input != null ? config.withCondition(input) : config;
  }

  /** One rule of carbon's file, whose pattern is for keys with their tags. */
  static AggregateConfig carbon(String input, String to, boolean dropRaw, List<String> into) {
    MatcherConfig everyKey = new MatcherConfig(List.of(), true);
    return new AggregateConfig(everyKey, null, input, to, dropRaw, true, into).withCondition(input);
  }

  /**
   * @throws PatternException when the pattern cannot be used
   */
  private AggregateConfig withCondition(String pattern) {
    List<MatcherConfig.Condition> all = new ArrayList<>(match.conditions());
    String finds = KeyTemplate.carbonRegex(pattern);
    all.add(new MatcherConfig.Condition(MatcherConfig.Kind.REGEX, finds));
    MatcherConfig whole = new MatcherConfig(List.copyOf(all), match.tags());
    return new AggregateConfig(whole, regex, input, to, dropRaw, dropSame, into);
  }

  /** The names in {@code into}, those that there are not being problems. */
  static List<String> into(Settings s, Predicate<String> known, String all) {
    return RouteConfig.targets(s, "into", known, all);
  }

  private boolean check(Settings s) {
    String fault = fault();
    if (fault != null && s.has("to")) {
      s.problem("to", fault);
    }
    try {
      make();
      return true;
    } catch (PatternException wrong) {
      if (!wrong.pattern().equals(regex)) { // That is told of the condition already.
        s.problem(wrong.pattern().equals(input) ? "input" : "to", wrong.getMessage());
      }
      return false;
    }
  }

  /** What is wrong with the new key, beside its groups or fields; null when nothing is. */
  private String fault() {
    if (to.isEmpty()) {
      return "is empty; give the key of what is computed";
    }
    String blank = RewriteConfig.blankIn(to);
    if (blank != null) {
      return blank;
    }
    String rest = to.replace("${function}", "");
    return input != null && (rest.contains("$") || rest.contains("\\"))
        ? "has a $ or \\; the fields of input are written <name>, and groups are those of regex"
        : null;
  }

  /**
   * @throws PatternException when the pattern or the template is malformed
   */
  KeyTemplate make() {
    return regex != null ? KeyTemplate.regex(regex, to) : KeyTemplate.carbon(input, to);
  }

  @Override
  public String toString() {
    return match + " to \"" + to + '"';
  }
}
