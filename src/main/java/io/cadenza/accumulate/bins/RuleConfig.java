package io.cadenza.accumulate.bins;

import io.cadenza.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an aggregation rule makes of the values that come to it. Which those are, and under which
 * keys they come, is the router's.
 *
 * @param identity tells the rule from others, so that another process finds the one whose open
 *     intervals it was left; those with one identity are told apart by their order
 * @param functions what is computed, at least one
 * @param every the interval
 * @param waiting how long after its end an interval is waited with
 * @param timestamp what the line is stamped with
 * @param late what becomes of a line whose interval was computed already
 * @param keep how many intervals are kept to be computed anew
 * @param percentileMethod how percentiles are found
 */
public record RuleConfig(
    String identity,
    List<Function> functions,
    Duration every,
    Duration waiting,
    Timestamp timestamp,
    Late late,
    int keep,
    PercentileMethod percentileMethod) {

  /** What the line of an interval is stamped with. */
  public enum Timestamp {
    START,
    MIDDLE,
    END;

    long seconds(long start, long every) {
      long inside = this == START ? 0 : this == MIDDLE ? every / 2 : every;
      return Math.floorDiv(start + inside, 1000);
    }
  }

  /** What becomes of a line whose interval was computed already. */
  public enum Late {
    /** The interval is computed anew from all its lines, and emitted again. */
    RE_EMIT,
    /** It is dropped. */
    DROP
  }

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_KEPT = 1000;
  private static final List<String> MATCHING =
      List.of(
          "input",
          "to",
          "prefix",
          "not-prefix",
          "substring",
          "not-substring",
          "regex",
          "not-regex");

  /** Reads a rule from its block, but for the keys that say which lines it is for. */
  public static RuleConfig read(Settings s) {
    return new RuleConfig(
        identity(s),
        functions(s),
        s.duration("every", SHORTEST, LONGEST),
        s.duration("wait", Duration.ZERO, LONGEST),
        s.choice("timestamp", Timestamp.class),
        s.choice("late", Late.class),
        s.count("keep", 0, MOST_KEPT),
        s.choice("percentile-method", PercentileMethod.class));
  }

  private static String identity(Settings s) {
    StringBuilder identity = new StringBuilder();
    for (String key : MATCHING) {
      identity.append(s.textOr(key, "")).append('\n');
    }
    return identity.toString();
  }

  private static List<Function> functions(Settings s) {
    boolean one = s.isText("function");
    List<String> names = one ? List.of(s.text("function")) : s.texts("function");
    List<Function> functions = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String path = one ? "function" : "function[" + i + "]";
      String name = names.get(i);
      Optional<Function> function = Function.named(name);
      if (function.isEmpty()) {
        s.problem(path, "\"" + name + "\" is not one of " + Function.WORDS);
      } else if (names.indexOf(name) < i) {
        s.problem(path, "\"" + name + "\" is there twice");
      } else {
        functions.add(function.get());
      }
    }
    if (names.isEmpty()) {
      s.problem("function", "missing; give one of " + Function.WORDS + ", or a list");
    }
    return functions.isEmpty() ? List.of(Function.SUM) : List.copyOf(functions);
  }

  /** Whether all values of an interval are kept for it. */
  boolean needsValues() {
    return functions.stream().anyMatch(f -> f.kind() == Function.Kind.PERCENTILE);
  }

  /** What has to be the same for what one process gathered to be of use to another. */
  String signature() {
    return every + " " + needsValues() + "\n" + identity;
  }
}
