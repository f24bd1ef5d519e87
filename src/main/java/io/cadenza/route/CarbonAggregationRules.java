package io.cadenza.route;

import io.cadenza.config.Settings;
import io.cadenza.match.PatternException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads carbon's {@code aggregation-rules.conf} as it is: a rule a line, {@code OUTPUT (SECONDS) =
 * METHOD INPUT}. The first {@code =} parts it, and the brackets may be left out. In {@code OUTPUT}
 * two {@code %} are one, as carbon's formatting has it.
 */
final class CarbonAggregationRules {
  private static final Set<String> METHODS =
      Set.of("sum", "avg", "min", "max", "count", "p50", "p75", "p80", "p90", "p95", "p99", "p999");

  private static final String RIGHT = "; write OUTPUT (SECONDS) = METHOD INPUT";
  private static final int MOST_DIGITS = 9;

  private final CarbonFile file;
  private final boolean dropRaw;
  private final List<String> into;

  private CarbonAggregationRules(CarbonFile file, boolean dropRaw, List<String> into) {
    this.file = file;
    this.dropRaw = dropRaw;
    this.into = into;
  }

  /**
   * The rules of a file, in order; every line that is none is a problem.
   *
   * @param s where {@code key} names a file
   * @param dropRaw whether lines that match go no further themselves
   * @param into as {@link AggregateConfig#into}
   */
  static List<CarbonRule> read(Settings s, String key, boolean dropRaw, List<String> into) {
    CarbonFile file = new CarbonFile(s, key);
    CarbonAggregationRules reader = new CarbonAggregationRules(file, dropRaw, into);
    List<CarbonRule> rules = new ArrayList<>();
    for (CarbonFile.Line line : file.lines()) {
      CarbonRule rule = reader.rule(line);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return List.copyOf(rules);
  }

  /** Null, having told why, when the line is no rule. */
  private CarbonRule rule(CarbonFile.Line line) {
    int equals = line.text().indexOf('=');
    String[] left = words(line.text().substring(0, Math.max(0, equals)));
    String[] right = words(line.text().substring(equals + 1));
    if (equals < 0 || left.length != 2 || right.length != 2) {
      file.wrong(line, "\"" + line.text() + "\" is no rule" + RIGHT);
      return null;
    }
    int seconds = seconds(left[1]);
    if (seconds < 1) {
      file.wrong(line, "\"" + left[1] + "\" is no interval; give whole seconds, as (60)");
    }
    if (!METHODS.contains(right[0])) {
      String known = String.join(", ", METHODS.stream().sorted().toList());
      file.wrong(line, "\"" + right[0] + "\" is no method; known: " + known);
    }
    AggregateConfig aggregate = aggregate(line, right[1], left[0].replace("%%", "%"));
    boolean good = seconds >= 1 && METHODS.contains(right[0]) && aggregate != null;
    return good ? new CarbonRule(aggregate, right[0], Duration.ofSeconds(seconds)) : null;
  }

  private static String[] words(String side) {
    String bare = side.strip();
    return bare.isEmpty() ? new String[0] : bare.split("\\s+");
  }

  /** As carbon reads it: whatever brackets there are; -1 when it is no number. */
  private static int seconds(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) == '(') {
      from++;
    }
    while (to > from && text.charAt(to - 1) == ')') {
      to--;
    }
    String digits = text.substring(from, to);
    boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && digits.length() <= MOST_DIGITS ? Integer.parseInt(digits) : -1;
  }

  private AggregateConfig aggregate(CarbonFile.Line line, String input, String output) {
    try {
      AggregateConfig config = AggregateConfig.carbon(input, output, dropRaw, into);
      config.make();
      String blank = RewriteConfig.blankIn(output);
      if (blank != null) {
        file.wrong(line, "\"" + output + "\" " + blank);
      }
      return config;
    } catch (PatternException wrong) {
      file.wrong(line, wrong.getMessage());
      return null;
    }
  }
}
